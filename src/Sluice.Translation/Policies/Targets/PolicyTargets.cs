using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Policies.Targets;

/// <summary>Objects that policies may be for.</summary>
internal static class PolicyTargets
{
    /// <summary>The object; null when there is none, or its kind is none that policies are for.</summary>
    public static KubernetesObject? Find(ResourceSnapshot snapshot, PolicyTarget target) => (target.Group, target.Kind) switch
    {
        (GatewayApiGroup.Name, "Gateway") => snapshot.Gateways.GetValueOrDefault(target.Name),
        (GatewayApiGroup.Name, "ListenerSet") => snapshot.ListenerSets.GetValueOrDefault(target.Name),
        (GatewayApiGroup.Name, "HTTPRoute") => snapshot.HttpRoutes.GetValueOrDefault(target.Name),
        (GatewayApiGroup.Name, "GRPCRoute") => snapshot.GrpcRoutes.GetValueOrDefault(target.Name),
        ("", "Service") => snapshot.Services.GetValueOrDefault(target.Name),
        (GatewayApiGroup.Kgateway, "Backend") => snapshot.Backends.GetValueOrDefault(target.Name),
        _ => null,
    };

    /// <summary>All objects of a kind.</summary>
    public static IEnumerable<KubernetesObject> Of(ResourceSnapshot snapshot, string group, string kind) => (group, kind) switch
    {
        (GatewayApiGroup.Name, "Gateway") => snapshot.Gateways.Values,
        (GatewayApiGroup.Name, "ListenerSet") => snapshot.ListenerSets.Values,
        (GatewayApiGroup.Name, "HTTPRoute") => snapshot.HttpRoutes.Values,
        (GatewayApiGroup.Name, "GRPCRoute") => snapshot.GrpcRoutes.Values,
        ("", "Service") => snapshot.Services.Values,
        (GatewayApiGroup.Kgateway, "Backend") => snapshot.Backends.Values,
        _ => [],
    };
}
