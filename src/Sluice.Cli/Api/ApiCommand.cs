using System.CommandLine;
using System.Net;
using Sluice.ApiServer;
using Sluice.ApiServer.Persistence;
using Sluice.Cli.Options;
using Sluice.Cli.Version;
using Sluice.Controller.Standalone;
using Sluice.Proxy;
using Sluice.Proxy.Local;

namespace Sluice.Cli.Api;

/// <summary><c>sluice api</c>: only the Kubernetes API, for tools and tests.</summary>
internal static class ApiCommand
{
    public static Command Create()
    {
        var listen = NetworkOptions.EndPoint("--listen", "Where the API listens; port 0 takes a free one. Default: 127.0.0.1:6480.");
        var data = new Option<string?>("--data") { HelpName = "DIR|none", Description = "A folder that objects are kept in, made when it does not exist. Default: none, everything is gone when the command ends." };
        var access = new ApiAccessOptions();
        var command = new Command("api", "Serve the Kubernetes API without a cluster, for kubectl --server http://127.0.0.1:6480.") { listen, data };
        access.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var address = parsed.GetValue(listen) ?? StandaloneApiOptions.DefaultEndPoint;
            var (token, tls) = access.Read(parsed, listen.Name, address);
            return RunAsync(
                address,
                tls,
                new KubernetesApiOptions
                {
                    Token = token,
                    DataFolder = parsed.GetValue(data) is { } folder and not "none" ? folder : null,
                    Version = BuildInfo.Current.Version,
                    Problem = problem => Console.Error.WriteLine($"sluice: {problem}"),
                    Faulted = exception => Console.Error.WriteLine($"sluice: a defect was caught: {exception}"),
                },
                cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(IPEndPoint listen, LocalTls? tls, KubernetesApiOptions options, CancellationToken cancellation)
    {
        using var signals = new ShutdownSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Requested);
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        server.Faulted += options.Faulted;
        try
        {
            await using var api = KubernetesApi.Start(options);
            var bound = await server.ListenLocalAsync(listen, api.Handler, tls);
            var address = $"{(tls is null ? "http" : "https")}://{bound}";
            Console.WriteLine($"Kubernetes API at {address}");
            Console.WriteLine($"  kubectl --server {address} get all,gateway-api");
            await stop.Token.WhenCancelled();
            return ExitCode.Success;
        }
        catch (DataFolderException error)
        {
            throw new UserErrorException(error.Message);
        }
        catch (IOException error)
        {
            throw new UserErrorException($"the API cannot listen on {error.Message}");
        }
    }
}
