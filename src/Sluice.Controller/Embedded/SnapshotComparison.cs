using System.Collections.Immutable;
using Sluice.Resources;

namespace Sluice.Controller.Embedded;

/// <summary>Finds the objects in which two snapshots differ: what is the same instance has not changed.</summary>
internal static class SnapshotComparison
{
    /// <returns>What was there, null when it is new, and what is there, null when it is gone.</returns>
    public static List<(KubernetesObject? Before, KubernetesObject? After)> Of(ResourceSnapshot before, ResourceSnapshot after)
    {
        var changes = new List<(KubernetesObject?, KubernetesObject?)>();
        if (ReferenceEquals(before, after))
            return changes;
        Compare(before.GatewayClasses, after.GatewayClasses, changes);
        Compare(before.Gateways, after.Gateways, changes);
        Compare(before.ListenerSets, after.ListenerSets, changes);
        Compare(before.HttpRoutes, after.HttpRoutes, changes);
        Compare(before.GrpcRoutes, after.GrpcRoutes, changes);
        Compare(before.TlsRoutes, after.TlsRoutes, changes);
        Compare(before.TcpRoutes, after.TcpRoutes, changes);
        Compare(before.UdpRoutes, after.UdpRoutes, changes);
        Compare(before.BackendTlsPolicies, after.BackendTlsPolicies, changes);
        Compare(before.ReferenceGrants, after.ReferenceGrants, changes);
        Compare(before.Namespaces, after.Namespaces, changes);
        Compare(before.Services, after.Services, changes);
        Compare(before.EndpointSlices, after.EndpointSlices, changes);
        Compare(before.Endpoints, after.Endpoints, changes);
        Compare(before.Secrets, after.Secrets, changes);
        Compare(before.ConfigMaps, after.ConfigMaps, changes);
        Compare(before.DirectResponses, after.DirectResponses, changes);
        Compare(before.GatewayParameters, after.GatewayParameters, changes);
        Compare(before.TrafficPolicies, after.TrafficPolicies, changes);
        Compare(before.ListenerPolicies, after.ListenerPolicies, changes);
        Compare(before.HttpListenerPolicies, after.HttpListenerPolicies, changes);
        Compare(before.BackendConfigPolicies, after.BackendConfigPolicies, changes);
        Compare(before.Backends, after.Backends, changes);
        Compare(before.GatewayExtensions, after.GatewayExtensions, changes);
        Compare(before.RateLimitFilters, after.RateLimitFilters, changes);
        Compare(before.AuthConfigs, after.AuthConfigs, changes);
        Compare(before.DynamicForwardProxies, after.DynamicForwardProxies, changes);
        Compare(before.AiGateways, after.AiGateways, changes);
        Compare(before.PromptGuards, after.PromptGuards, changes);
        return changes;
    }

    private static void Compare<T>(ImmutableDictionary<NamespacedName, T> before, ImmutableDictionary<NamespacedName, T> after, List<(KubernetesObject?, KubernetesObject?)> changes)
        where T : KubernetesObject
    {
        if (ReferenceEquals(before, after))
            return;
        foreach (var (key, value) in after)
        {
            var old = before.GetValueOrDefault(key);
            if (!ReferenceEquals(old, value))
                changes.Add((old, value));
        }
        foreach (var (key, value) in before)
        {
            if (!after.ContainsKey(key))
                changes.Add((value, null));
        }
    }
}
