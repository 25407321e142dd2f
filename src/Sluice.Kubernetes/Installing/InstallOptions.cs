using System.Net;
using System.Text.Json.Nodes;

namespace Sluice.Kubernetes.Installing;

/// <summary>What may differ from one installation to the next.</summary>
public sealed record InstallOptions
{
    public const string DefaultNamespace = "sluice-system";

    /// <summary>A DNS label of at most 63 characters.</summary>
    public string Namespace { get; init; } = DefaultNamespace;

    /// <summary>Of the controller and of the proxies that it creates.</summary>
    public required string Image { get; init; }

    /// <summary>Of Sluice, for the label app.kubernetes.io/version.</summary>
    public required string Version { get; init; }

    public InfrastructureKind Infrastructure { get; init; }

    /// <summary>Controllers, of which one at a time writes. One is what infrastructure host has: two would want the same ports.</summary>
    public int Replicas { get; init; } = 2;

    /// <summary>For infrastructure host: addresses for Gateways that ask for none.</summary>
    public IPNetwork? AddressPool { get; init; }

    /// <summary>Where the API server itself may listen, behind the Service "kubernetes": the NetworkPolicy lets the controller out to these ports.</summary>
    public IReadOnlyList<int> ApiServerPorts { get; init; } = [443, 6443];

    /// <summary>The definitions of gateway.kgateway.dev; none when they are installed another way.</summary>
    public IReadOnlyList<JsonObject> Definitions { get; init; } = [];

    public bool WithGatewayClass { get; init; } = true;

    /// <summary>Default none.</summary>
    public ExporterPart Exporter { get; init; }

    /// <summary>The exporter shows the kinds of Kuadrant too.</summary>
    public bool ExporterShowsKuadrant { get; init; }

    /// <summary>Have Prometheus, by its operator's kind ServiceMonitor, scrape the exporter. The operator must be installed.</summary>
    public bool WithServiceMonitor { get; init; }

    /// <summary>Have it scrape controllers and proxies by its kind PodMonitor.</summary>
    public bool WithPodMonitors { get; init; }
}
