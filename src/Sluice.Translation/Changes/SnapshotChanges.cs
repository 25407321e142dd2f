using Sluice.Resources;

namespace Sluice.Translation.Changes;

/// <summary>The objects that differ between two snapshots, per kind that translation reads.</summary>
internal sealed record SnapshotChanges
{
    public required IReadOnlySet<NamespacedName> GatewayClasses { get; init; }
    public required IReadOnlySet<NamespacedName> Gateways { get; init; }
    public required IReadOnlySet<NamespacedName> ListenerSets { get; init; }
    public required IReadOnlySet<NamespacedName> HttpRoutes { get; init; }
    public required IReadOnlySet<NamespacedName> GrpcRoutes { get; init; }
    public required IReadOnlySet<NamespacedName> TlsRoutes { get; init; }
    public required IReadOnlySet<NamespacedName> TcpRoutes { get; init; }
    public required IReadOnlySet<NamespacedName> UdpRoutes { get; init; }
    public required IReadOnlySet<NamespacedName> BackendTlsPolicies { get; init; }
    public required IReadOnlySet<NamespacedName> ConfigMaps { get; init; }
    public required IReadOnlySet<NamespacedName> ReferenceGrants { get; init; }
    public required IReadOnlySet<NamespacedName> Namespaces { get; init; }
    public required IReadOnlySet<NamespacedName> Services { get; init; }
    public required IReadOnlySet<NamespacedName> EndpointSlices { get; init; }
    public required IReadOnlySet<NamespacedName> Endpoints { get; init; }
    public required IReadOnlySet<NamespacedName> Secrets { get; init; }
    public required IReadOnlySet<NamespacedName> DirectResponses { get; init; }
    public required IReadOnlySet<NamespacedName> GatewayParameters { get; init; }

    public static SnapshotChanges Between(ResourceSnapshot before, ResourceSnapshot after) => new()
    {
        GatewayClasses = KeyChanges.Between(before.GatewayClasses, after.GatewayClasses),
        Gateways = KeyChanges.Between(before.Gateways, after.Gateways),
        ListenerSets = KeyChanges.Between(before.ListenerSets, after.ListenerSets),
        HttpRoutes = KeyChanges.Between(before.HttpRoutes, after.HttpRoutes),
        GrpcRoutes = KeyChanges.Between(before.GrpcRoutes, after.GrpcRoutes),
        TlsRoutes = KeyChanges.Between(before.TlsRoutes, after.TlsRoutes),
        TcpRoutes = KeyChanges.Between(before.TcpRoutes, after.TcpRoutes),
        UdpRoutes = KeyChanges.Between(before.UdpRoutes, after.UdpRoutes),
        BackendTlsPolicies = KeyChanges.Between(before.BackendTlsPolicies, after.BackendTlsPolicies),
        ConfigMaps = KeyChanges.Between(before.ConfigMaps, after.ConfigMaps),
        ReferenceGrants = KeyChanges.Between(before.ReferenceGrants, after.ReferenceGrants),
        Namespaces = KeyChanges.Between(before.Namespaces, after.Namespaces),
        Services = KeyChanges.Between(before.Services, after.Services),
        EndpointSlices = KeyChanges.Between(before.EndpointSlices, after.EndpointSlices),
        Endpoints = KeyChanges.Between(before.Endpoints, after.Endpoints),
        Secrets = KeyChanges.Between(before.Secrets, after.Secrets),
        DirectResponses = KeyChanges.Between(before.DirectResponses, after.DirectResponses),
        GatewayParameters = KeyChanges.Between(before.GatewayParameters, after.GatewayParameters),
    };
}
