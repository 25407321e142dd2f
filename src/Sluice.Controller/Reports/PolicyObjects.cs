using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies;

namespace Sluice.Controller.Reports;

/// <summary>Policies of every kind, and the kinds that they lead to, as objects.</summary>
internal static class PolicyObjects
{
    /// <param name="snapshot">Where it is.</param>
    /// <param name="kind">As in manifests: a kind that a translation has statuses of policies or of objects for.</param>
    /// <param name="key">Of the object, which must be there.</param>
    public static KubernetesObject Find(ResourceSnapshot snapshot, string kind, NamespacedName key) => kind switch
    {
        "BackendTLSPolicy" => snapshot.BackendTlsPolicies[key],
        "TrafficPolicy" => snapshot.TrafficPolicies[key],
        "ListenerPolicy" => snapshot.ListenerPolicies[key],
        "HTTPListenerPolicy" => snapshot.HttpListenerPolicies[key],
        "BackendConfigPolicy" => snapshot.BackendConfigPolicies[key],
        "Backend" => snapshot.Backends[key],
        "GatewayExtension" => snapshot.GatewayExtensions[key],
        _ => throw new ArgumentException($"{kind} is no kind of policy.", nameof(kind)),
    };

    /// <summary>What it says it is for, for people: of a BackendTLSPolicy the Services alone, of others with their kinds.</summary>
    public static IReadOnlyList<string> Targets(KubernetesObject policy) => policy switch
    {
        BackendTlsPolicy tls => [.. tls.TargetRefs.Select(target => Section(target.Name, target.SectionName))],
        AttachedPolicy attached =>
        [
            .. attached.TargetRefs.Select(target => Section($"{target.Kind} {target.Name}", target.SectionName)),
            .. attached.TargetSelectors.Select(target => Section($"{target.Kind} with {string.Join(", ", target.MatchLabels.Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal))}", target.SectionName)),
        ],
        _ => [],
    };

    private static string Section(string target, string? section) => section is null ? target : $"{target}/{section}";
}
