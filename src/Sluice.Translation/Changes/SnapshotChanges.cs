using System.Collections.Immutable;
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
    public required IReadOnlySet<NamespacedName> TrafficPolicies { get; init; }
    public required IReadOnlySet<NamespacedName> ListenerPolicies { get; init; }
    public required IReadOnlySet<NamespacedName> HttpListenerPolicies { get; init; }
    public required IReadOnlySet<NamespacedName> BackendConfigPolicies { get; init; }
    public required IReadOnlySet<NamespacedName> Backends { get; init; }
    public required IReadOnlySet<NamespacedName> GatewayExtensions { get; init; }

    public static SnapshotChanges Between(ResourceSnapshot before, ResourceSnapshot after)
    {
        return new SnapshotChanges
        {
            GatewayClasses = Of(before.GatewayClasses, after.GatewayClasses),
            Gateways = Of(before.Gateways, after.Gateways),
            ListenerSets = Of(before.ListenerSets, after.ListenerSets),
            HttpRoutes = Of(before.HttpRoutes, after.HttpRoutes),
            GrpcRoutes = Of(before.GrpcRoutes, after.GrpcRoutes),
            TlsRoutes = Of(before.TlsRoutes, after.TlsRoutes),
            TcpRoutes = Of(before.TcpRoutes, after.TcpRoutes),
            UdpRoutes = Of(before.UdpRoutes, after.UdpRoutes),
            BackendTlsPolicies = Of(before.BackendTlsPolicies, after.BackendTlsPolicies),
            ConfigMaps = Of(before.ConfigMaps, after.ConfigMaps),
            ReferenceGrants = Of(before.ReferenceGrants, after.ReferenceGrants),
            Namespaces = Of(before.Namespaces, after.Namespaces),
            Services = Of(before.Services, after.Services),
            EndpointSlices = Of(before.EndpointSlices, after.EndpointSlices),
            Endpoints = Of(before.Endpoints, after.Endpoints),
            Secrets = Of(before.Secrets, after.Secrets),
            DirectResponses = Of(before.DirectResponses, after.DirectResponses),
            GatewayParameters = Of(before.GatewayParameters, after.GatewayParameters),
            TrafficPolicies = Of(before.TrafficPolicies, after.TrafficPolicies),
            ListenerPolicies = Of(before.ListenerPolicies, after.ListenerPolicies),
            HttpListenerPolicies = Of(before.HttpListenerPolicies, after.HttpListenerPolicies),
            BackendConfigPolicies = Of(before.BackendConfigPolicies, after.BackendConfigPolicies),
            Backends = Of(before.Backends, after.Backends),
            GatewayExtensions = Of(before.GatewayExtensions, after.GatewayExtensions),
        };

        IReadOnlySet<NamespacedName> Of<T>(ImmutableDictionary<NamespacedName, T> old, ImmutableDictionary<NamespacedName, T> now)
            where T : class => KeyChanges.Between(old, now, after.Changes);
    }
}
