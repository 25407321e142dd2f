using System.CommandLine;
using Sluice.Cli.Options;
using Sluice.Cli.Version;
using Sluice.Controller.Standalone;

namespace Sluice.Cli.Run;

/// <summary><c>sluice run</c>: serves manifests without a cluster.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH") { Description = "Files and folders with manifests; folders are read recursively.", Arity = ArgumentArity.OneOrMore };
        var address = NetworkOptions.Address("--address", "The address that Gateways bind. A second Gateway on a taken port gets the next loopback address. Default: 127.0.0.1.");
        var pool = NetworkOptions.Network("--address-pool", "More addresses for Gateways, tried in order.");
        var manifests = new ManifestOptions();
        var admin = NetworkOptions.Admin("--admin", "Where the admin endpoint listens; off for none. Default: 127.0.0.1:19000.");
        var state = NetworkOptions.Switch("--state-metrics", "Whether /metrics of the admin endpoint shows the state of the Gateway API objects that are served, as sluice exporter does for a cluster. Default: on.");
        var api = new RunApiOptions();
        var workers = NetworkOptions.Number("--workers", "Worker threads. Default: one per processor.", 1, 1024);
        var hops = NetworkOptions.Number("--trusted-hops", "Proxies in front whose X-Forwarded headers are believed. Default: 0.", 0, 100);
        var drain = NetworkOptions.Duration("--drain-timeout", "How long requests in flight may take to finish on SIGTERM. Default: 30s.");
        var sessionKey = new Option<string?>("--session-key-file") { HelpName = "FILE", Description = "Key of session tokens, made when it does not exist. Default: sessions end with the process." };
        var devTls = new Option<bool>("--dev-tls") { Description = "Issue certificates for HTTPS and TLS listeners whose Secret does not exist, signed by an authority of your own that is made once and kept." };
        var telemetry = new TelemetryOptions();
        var command = new Command("run", "Serve Gateways and routes from manifest files, following changes.") { paths, address, pool, admin, state, workers, hops, sessionKey, devTls, drain };
        api.AddTo(command);
        manifests.AddTo(command);
        telemetry.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            manifests.Read(parsed, parsed.GetValue(paths)!) with
            {
                Address = parsed.GetValue(address),
                AddressPool = parsed.GetValue(pool),
                Admin = parsed.GetValue(admin) is { } chosen ? chosen.EndPoint : StandaloneOptions.DefaultAdmin,
                StateMetrics = parsed.IsOn(state) ?? true,
                Api = api.Read(parsed),
                Workers = parsed.GetValue(workers),
                SessionKeyFile = parsed.GetValue(sessionKey),
                DevTls = parsed.GetValue(devTls),
                TrustedHops = parsed.GetValue(hops) ?? 0,
                DrainTimeout = parsed.GetValue(drain) ?? TimeSpan.FromSeconds(30),
                MetricsDetail = telemetry.Detail(parsed),
                ExplainTokenFile = telemetry.ExplainTokenFile(parsed),
                Version = BuildInfo.Current.Version,
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(StandaloneOptions options, CancellationToken cancellation)
    {
        using var signals = new ShutdownSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Requested);
        try
        {
            await new StandaloneController(options, new StandaloneReporter(Console.Out, Console.Error)).RunAsync(stop.Token);
        }
        catch (StandaloneException error)
        {
            throw new UserErrorException(error.Message);
        }
        return ExitCode.Success;
    }
}
