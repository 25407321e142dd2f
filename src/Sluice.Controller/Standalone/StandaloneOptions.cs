using System.Net;
using Sluice.Proxy;

namespace Sluice.Controller.Standalone;

/// <summary>How Sluice runs without a cluster.</summary>
public sealed record StandaloneOptions
{
    /// <summary>Files and folders with manifests, at least one.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>GatewayClasses of these controllers are served beside those of sluice.dev/gateway-controller.</summary>
    public IReadOnlyList<string> ControllerNames { get; init; } = [];

    /// <summary>
    /// What Gateways bind. With a loopback IPv4 address, a Gateway whose port is taken by another Gateway gets the next loopback
    /// address. Null: 127.0.0.1, or only <see cref="AddressPool"/> when that is given.
    /// </summary>
    public IPAddress? Address { get; init; }

    /// <summary>More addresses for Gateways, tried in order after <see cref="Address"/>.</summary>
    public IPNetwork? AddressPool { get; init; }

    /// <summary>Added to every listener's port to get the one that is bound. Default 0.</summary>
    public int PortOffset { get; init; }

    /// <summary>Where the admin endpoint listens; null for none. Default 127.0.0.1:19000.</summary>
    public IPEndPoint? Admin { get; init; } = DefaultAdmin;

    /// <summary>Whether <c>/metrics</c> shows the state of the Gateway API objects that are served, as the exporter does for a cluster. Default true.</summary>
    public bool StateMetrics { get; init; } = true;

    /// <summary>The Kubernetes API for the objects that are served; null for none.</summary>
    public StandaloneApiOptions? Api { get; init; }

    /// <summary>Worker threads; null for one per processor.</summary>
    public int? Workers { get; init; }

    /// <summary>Number of proxies in front whose X-Forwarded headers are believed. Default 0.</summary>
    public int TrustedHops { get; init; }

    /// <summary>
    /// File with the key of session tokens, made when it does not exist. Null: a key of this process, whose sessions end with it.
    /// </summary>
    public string? SessionKeyFile { get; init; }

    /// <summary>
    /// Issues certificates for listeners whose Secret does not exist, signed by an authority that is kept in the user's folder for
    /// data. Default: their listeners are not served.
    /// </summary>
    public bool DevTls { get; init; }

    /// <summary>How long exchanges in flight may take to finish after a stop was asked for. Default 30 s.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How much is counted of requests. Default <see cref="Proxy.MetricsDetail.Listener"/>.</summary>
    public MetricsDetail MetricsDetail { get; init; } = MetricsDetail.Listener;

    /// <summary>File with the token that requests show to have their answers explained, read again when it changes. Null: nothing is explained.</summary>
    public string? ExplainTokenFile { get; init; }

    /// <summary>For <c>/metrics</c>.</summary>
    public string Version { get; init; } = "";

    public static IPEndPoint DefaultAdmin => new(IPAddress.Loopback, 19000);
}
