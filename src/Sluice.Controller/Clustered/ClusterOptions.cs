using System.Globalization;
using System.Net;
using Sluice.Controller.Standalone;
using Sluice.Kubernetes.Access;
using Sluice.Kubernetes.Installing;
using Sluice.Proxy;
using Sluice.Resources.Kgateway;
using Sluice.Translation;

namespace Sluice.Controller.Clustered;

/// <summary>How Sluice runs as the controller of a cluster.</summary>
public sealed record ClusterOptions
{
    /// <summary>The cluster.</summary>
    public required ClusterAccess Access { get; init; }

    /// <summary>Default Kubernetes.</summary>
    public InfrastructureKind Infrastructure { get; init; } = InfrastructureKind.Kubernetes;

    /// <summary>GatewayClasses of these controllers are served beside those of sluice.dev/gateway-controller.</summary>
    public IReadOnlyList<string> ControllerNames { get; init; } = [];

    /// <summary>
    /// Host only: addresses for Gateways that name none; one that is not local is made so. Null: loopback addresses from 127.0.0.1
    /// on.
    /// </summary>
    public IPNetwork? AddressPool { get; init; }

    /// <summary>Where the admin endpoint listens; null for none. Default 127.0.0.1:19000.</summary>
    public IPEndPoint? Admin { get; init; } = StandaloneOptions.DefaultAdmin;

    /// <summary>Where <c>/healthz</c>, <c>/readyz</c> and <c>/metrics</c> alone are answered too, for the cluster; null for nowhere.</summary>
    public IPEndPoint? Probes { get; init; }

    /// <summary>
    /// Whether <c>/metrics</c> of the controller that writes shows the state of the Gateway API objects that are ours, as the exporter
    /// does for all. Default false: it would be told twice where the exporter runs.
    /// </summary>
    public bool StateMetrics { get; init; }

    /// <summary>Host only: worker threads; null for one per processor.</summary>
    public int? Workers { get; init; }

    /// <summary>Kubernetes only: where proxies get their configuration. Default 0.0.0.0:9443.</summary>
    public IPEndPoint ConfigStream { get; init; } = DefaultConfigStream;

    /// <summary>
    /// Kubernetes only: at which address proxies find that, HOST:PORT. Null: the Service "sluice-controller" in the controller's own
    /// namespace, at the port of <see cref="ConfigStream"/>.
    /// </summary>
    public string? ConfigStreamAddress { get; init; }

    /// <summary>Kubernetes only: the image of proxies. Default "sluice:latest".</summary>
    public ImageParameters ProxyImage { get; init; } = new(Repository: "sluice", Tag: "latest");

    /// <summary>Number of proxies in front whose X-Forwarded headers are believed. Default 0.</summary>
    public int TrustedHops { get; init; }

    /// <summary>Host only: see <see cref="StandaloneOptions.SessionKeyFile"/>.</summary>
    public string? SessionKeyFile { get; init; }

    /// <summary>
    /// Whether of several controllers only one writes, by a Lease. Null: with <see cref="InfrastructureKind.Kubernetes"/>, where the
    /// others serve proxies all the same; not with <see cref="InfrastructureKind.Host"/>, where each has its addresses.
    /// </summary>
    public bool? LeaderElection { get; init; }

    /// <summary>Of the Lease; null for the namespace of the pod or of the kubeconfig's context.</summary>
    public string? LeaderElectionNamespace { get; init; }

    /// <summary>How long exchanges in flight may take to finish after a stop was asked for. Default 30 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much is counted of requests; of proxies in the cluster too. Default <see cref="Proxy.MetricsDetail.Listener"/>.</summary>
    public MetricsDetail MetricsDetail { get; init; } = MetricsDetail.Listener;

    /// <summary>Host only: file with the token that requests show to have their answers explained, read again when it changes. Null: nothing is explained.</summary>
    public string? ExplainTokenFile { get; init; }

    /// <summary>For <c>/metrics</c>.</summary>
    public string Version { get; init; } = "";

    public static IPEndPoint DefaultConfigStream => new(IPAddress.Any, InstallationNames.StreamPort);

    /// <summary>Where the Lease and the authority of the configuration stream are.</summary>
    internal string OwnNamespace => LeaderElectionNamespace ?? Access.Namespace;

    internal string StreamAddress => ConfigStreamAddress ?? string.Create(CultureInfo.InvariantCulture, $"{InstallationNames.Controller}.{OwnNamespace}.svc:{ConfigStream.Port}");

    /// <summary>What the configuration stream's certificate is for.</summary>
    internal IReadOnlyList<string> ConfigStreamNames => [StreamAddress[..StreamAddress.LastIndexOf(':')].Trim('[', ']')];

    internal IReadOnlyList<string> AllControllerNames => [.. ControllerNames.Prepend(TranslatorOptions.DefaultControllerName).Distinct(StringComparer.Ordinal)];

    internal bool ElectsLeader => LeaderElection ?? Infrastructure == InfrastructureKind.Kubernetes;
}
