using System.CommandLine;
using System.Net;
using Sluice.ApiServer;
using Sluice.ApiServer.Persistence;
using Sluice.Cli.Options;
using Sluice.Cli.Version;
using Sluice.Proxy;
using Sluice.Proxy.Local;

namespace Sluice.Cli.Api;

/// <summary><c>sluice api</c>: only the Kubernetes API, for tools and tests.</summary>
internal static class ApiCommand
{
    private static readonly IPEndPoint DefaultListen = new(IPAddress.Loopback, 6480);

    public static Command Create()
    {
        var listen = NetworkOptions.EndPoint("--listen", "Where the API listens; port 0 takes a free one. Default: 127.0.0.1:6480.");
        var data = new Option<string?>("--data") { HelpName = "DIR|none", Description = "A folder that objects are kept in, made when it does not exist. Default: none, everything is gone when the command ends." };
        var token = new Option<string?>("--token-file") { HelpName = "FILE", Description = "A file with the token that clients must send. Needed when the address is not a loopback one. Default: programs on this machine need none." };
        var certificate = new Option<string?>("--tls-cert-file") { HelpName = "FILE", Description = "PEM certificates to serve TLS with: kubectl sends tokens over TLS only." };
        var key = new Option<string?>("--tls-key-file") { HelpName = "FILE", Description = "The PEM key of --tls-cert-file." };
        var command = new Command("api", "Serve the Kubernetes API without a cluster, for kubectl --server http://127.0.0.1:6480.") { listen, data, token, certificate, key };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(listen) ?? DefaultListen,
            ApiTlsFiles.Read(parsed.GetValue(certificate), parsed.GetValue(key)),
            new KubernetesApiOptions
            {
                Token = parsed.GetValue(token) is { } file ? TokenFile.Read(file) : null,
                DataFolder = parsed.GetValue(data) is { } folder and not "none" ? folder : null,
                Version = BuildInfo.Current.Version,
                Problem = problem => Console.Error.WriteLine($"sluice: {problem}"),
                Faulted = exception => Console.Error.WriteLine($"sluice: a defect was caught: {exception}"),
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IPEndPoint listen, LocalTls? tls, KubernetesApiOptions options, CancellationToken cancellation)
    {
        if (!IPAddress.IsLoopback(listen.Address) && (options.Token is null || tls is null))
        {
            throw new UserErrorException(
                $"--listen {listen}: whoever reaches this address could change everything. Name a file with a token (--token-file FILE) and a certificate (--tls-cert-file, --tls-key-file), or listen on 127.0.0.1.",
                ExitCode.InvalidUsage);
        }

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
