using System.CommandLine;
using System.Net;
using Sluice.ApiServer;
using Sluice.Cli.Options;
using Sluice.Cli.Version;
using Sluice.Proxy;

namespace Sluice.Cli.Api;

/// <summary><c>sluice api</c>: only the Kubernetes API, for tools and tests.</summary>
internal static class ApiCommand
{
    private static readonly IPEndPoint DefaultListen = new(IPAddress.Loopback, 6480);

    public static Command Create()
    {
        var listen = NetworkOptions.EndPoint("--listen", "Where the API listens; port 0 takes a free one. Default: 127.0.0.1:6480.");
        var token = new Option<string?>("--token-file") { HelpName = "FILE", Description = "A file with the token that clients must send. Needed when the address is not a loopback one. Default: programs on this machine need none." };
        var command = new Command("api", "Serve the Kubernetes API without a cluster, for kubectl --server http://127.0.0.1:6480.") { listen, token };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(listen) ?? DefaultListen,
            new KubernetesApiOptions
            {
                Token = parsed.GetValue(token) is { } file ? TokenFile.Read(file) : null,
                Version = BuildInfo.Current.Version,
                Faulted = exception => Console.Error.WriteLine($"sluice: a defect was caught: {exception}"),
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(IPEndPoint listen, KubernetesApiOptions options, CancellationToken cancellation)
    {
        if (!IPAddress.IsLoopback(listen.Address) && options.Token is null)
            throw new UserErrorException($"--listen {listen}: whoever reaches this address could change everything. Name a file with a token (--token-file FILE), or listen on 127.0.0.1.", ExitCode.InvalidUsage);
        using var signals = new ShutdownSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Requested);
        await using var server = new ProxyServer(new ProxyOptions { Workers = 1 });
        server.Faulted += options.Faulted;
        await using var api = KubernetesApi.Start(options);
        IPEndPoint bound;
        try
        {
            bound = await server.ListenLocalAsync(listen, api.Handler);
        }
        catch (IOException error)
        {
            throw new UserErrorException($"the API cannot listen on {error.Message}");
        }

        Console.WriteLine($"Kubernetes API at http://{bound}");
        Console.WriteLine($"  kubectl --server http://{bound} get all,gateway-api");
        await stop.Token.WhenCancelled();
        return ExitCode.Success;
    }
}
