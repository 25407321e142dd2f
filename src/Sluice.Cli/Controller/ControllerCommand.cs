using System.CommandLine;
using Sluice.Cli.Options;
using Sluice.Cli.Version;
using Sluice.Controller.Clustered;
using Sluice.Controller.Standalone;
using Sluice.Kubernetes.Installing;
using Sluice.Resources.Kgateway;

namespace Sluice.Cli.Controller;

/// <summary><c>sluice controller</c>: serves the Gateways of a cluster.</summary>
internal static class ControllerCommand
{
    private static string DefaultImage => $"sluice:{BuildInfo.Current.Version}";

    public static Command Create()
    {
        var access = new ClusterAccessOptions();
        var infrastructure = ParsedOption.Create<InfrastructureKind>("--infrastructure", "kubernetes|host", "Where Gateways are served: kubernetes (default) by proxies of their own in the cluster, host in this process.", "kubernetes or host", TryParse);
        var pool = NetworkOptions.Network("--address-pool", "With host: addresses of Gateways that name none. Those that are not local are made so. Default: loopback addresses.");
        var names = new Option<string[]>("--controller-name") { HelpName = "NAME", Description = "Serve GatewayClasses of this controller too. Repeatable." };
        var admin = NetworkOptions.Admin("--admin", "Where the admin endpoint listens; off for none. Default: 127.0.0.1:19000.");
        var probes = NetworkOptions.Probes();
        var state = NetworkOptions.Switch("--state-metrics", "Whether /metrics of the controller that writes shows the state of the Gateway API objects that are ours. Default: off, sluice exporter shows that of all.");
        var workers = NetworkOptions.Number("--workers", "With host: worker threads. Default: one per processor.", 1, 1024);
        var hops = NetworkOptions.Number("--trusted-hops", "Proxies in front whose X-Forwarded headers are believed. Default: 0.", 0, 100);
        var sessionKey = new Option<string?>("--session-key-file") { HelpName = "FILE", Description = "With host: key of session tokens, made when it does not exist. Default: sessions end with the process." };
        var election = NetworkOptions.Switch("--leader-election", "Whether of several controllers only one writes. Default: on with kubernetes, off with host.");
        var electionNamespace = new Option<string?>("--leader-election-namespace") { HelpName = "NAMESPACE", Description = "Where the Lease is. Default: the namespace of the pod, or of the kubeconfig's context." };
        var stream = NetworkOptions.EndPoint("--config-stream", "With kubernetes: where proxies get their configuration. Default: 0.0.0.0:9443.");
        var streamAddress = new Option<string?>("--config-stream-address") { HelpName = "HOST:PORT", Description = "With kubernetes: at which address proxies find that. Default: the Service sluice-controller in the controller's namespace." };
        streamAddress.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !HostAndPort.TryParse(token.Value, out _))
                result.AddError($"--config-stream-address is '{token.Value}'; it must be a DNS name or an IP address and a port, such as sluice-controller.sluice-system.svc:9443.");
        });
        var image = ParsedOption.Create<ImageParameters?>("--proxy-image", "IMAGE", $"With kubernetes: the image of proxies, whose entry point is this program. Default: {DefaultImage}.", "the name of an image, such as registry.example.com/sluice:1.0", ImageName.TryParse);
        var drain = NetworkOptions.Duration("--drain-timeout", "How long requests in flight may take to finish on SIGTERM. Default: 30s.");
        var telemetry = new TelemetryOptions();
        var command = new Command("controller", "Serve the Gateways and routes of a cluster, and write their statuses.") { infrastructure, pool, names, admin, probes, state, workers, hops, sessionKey, election, electionNamespace, stream, streamAddress, image, drain };
        access.AddTo(command);
        command.Validators.Add(result =>
        {
            // By the word, which is there before it is known to be right.
            var isHost = result.GetResult(infrastructure)?.Tokens is [{ Value: "host" }];
            foreach (var option in isHost ? (Option[])[stream, streamAddress, image] : [pool, workers, sessionKey, telemetry.ExplainToken])
            {
                if (result.GetResult(option) is not null)
                    result.AddError($"{option.Name} is for --infrastructure {(isHost ? "kubernetes: with host there are no proxies" : "host: proxies in the cluster have settings of their own")}.");
            }
        });
        telemetry.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new ClusterOptions
            {
                Access = access.Load(parsed),
                Infrastructure = parsed.GetValue(infrastructure),
                AddressPool = parsed.GetValue(pool),
                ControllerNames = parsed.GetValue(names) ?? [],
                Admin = parsed.GetValue(admin) is { } chosen ? chosen.EndPoint : StandaloneOptions.DefaultAdmin,
                Probes = parsed.GetValue(probes)?.EndPoint,
                StateMetrics = parsed.IsOn(state) ?? false,
                Workers = parsed.GetValue(workers),
                TrustedHops = parsed.GetValue(hops) ?? 0,
                SessionKeyFile = parsed.GetValue(sessionKey),
                ConfigStream = parsed.GetValue(stream) ?? ClusterOptions.DefaultConfigStream,
                ConfigStreamAddress = parsed.GetValue(streamAddress),
                ProxyImage = parsed.GetValue(image) ?? ImageName.Parse(DefaultImage),
                LeaderElection = parsed.IsOn(election),
                LeaderElectionNamespace = parsed.GetValue(electionNamespace),
                DrainTimeout = parsed.GetValue(drain) ?? TimeSpan.FromSeconds(30),
                MetricsDetail = telemetry.Detail(parsed),
                ExplainTokenFile = telemetry.ExplainTokenFile(parsed),
                Version = BuildInfo.Current.Version,
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ClusterOptions options, CancellationToken cancellation)
    {
        using var signals = new ShutdownSignals();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, signals.Requested);
        try
        {
            await new ClusterController(options, new ClusterReporter(Console.Out, Console.Error)).RunAsync(stop.Token);
        }
        catch (ClusterException error)
        {
            throw new UserErrorException(error.Message);
        }
        return ExitCode.Success;
    }

    private static bool TryParse(string text, out InfrastructureKind kind)
    {
        kind = text == "host" ? InfrastructureKind.Host : InfrastructureKind.Kubernetes;
        return text is "host" or "kubernetes";
    }
}
