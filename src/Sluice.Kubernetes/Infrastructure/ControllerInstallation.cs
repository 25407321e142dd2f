using Sluice.Resources.Kgateway;

namespace Sluice.Kubernetes.Infrastructure;

/// <summary>What the controller knows of its own installation: the same for all Gateways.</summary>
public sealed record ControllerInstallation
{
    /// <summary>Where proxies reach the config stream: "sluice-controller.sluice-system.svc:9443".</summary>
    public required string StreamAddress { get; init; }

    /// <summary>The name in the stream's certificate; null when it is the host of <see cref="StreamAddress"/>.</summary>
    public string? StreamServerName { get; init; }

    /// <summary>PEM: the authorities of the stream's certificate.</summary>
    public required string CaBundle { get; init; }

    /// <summary>Image of the proxies, whose entry point is the program. GatewayParameters may change parts of it.</summary>
    public required ImageParameters Image { get; init; }

    /// <summary>Where proxies answer probes: "0.0.0.0", or "::" in clusters whose pods have IPv6 addresses only. Default "0.0.0.0".</summary>
    public string ProbeAddress { get; init; } = "0.0.0.0";

    /// <summary>What proxies get as --metrics-detail; null for their default.</summary>
    public string? MetricsDetail { get; init; }
}
