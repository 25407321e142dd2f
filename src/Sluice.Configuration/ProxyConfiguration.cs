using Sluice.Configuration.Telemetry;

namespace Sluice.Configuration;

/// <summary>
/// Everything one proxy needs to serve one Gateway: the contract between the control plane and the data plane.
/// Immutable; parts that did not change between two configurations are the same instances, which the data plane uses to
/// keep what it built from them.
/// </summary>
public sealed record ProxyConfiguration
{
    /// <summary>The Gateway, as "namespace/name". One proxy may hold the configurations of several Gateways.</summary>
    public required string Gateway { get; init; }

    /// <summary>IP addresses (v4 or v6, without brackets) that every listener binds.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>Listeners that are programmed, in the order of the Gateway. Several may share a port: see <see cref="Listener"/>.</summary>
    public required IReadOnlyList<Listener> Listeners { get; init; }

    /// <summary>Every cluster that a rule of any listener names, unique by <see cref="Cluster.Name"/>.</summary>
    public required IReadOnlyList<Cluster> Clusters { get; init; }

    /// <summary>Access logs and tracing; null for neither.</summary>
    public TelemetrySettings? Telemetry { get; init; }
}
