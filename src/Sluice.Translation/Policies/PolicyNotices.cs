using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Policies;

/// <summary>What of a BackendTLSPolicy has no effect, and what its status has no room for.</summary>
internal static class PolicyNotices
{
    /// <param name="policies">All of them.</param>
    /// <param name="leftOut">By policy, how many Gateways are not in its status.</param>
    public static IEnumerable<Notice> Of(IEnumerable<BackendTlsPolicy> policies, IReadOnlyDictionary<NamespacedName, int> leftOut)
    {
        foreach (var policy in policies.OrderBy(policy => policy.Key.ToString(), StringComparer.Ordinal))
        {
            for (var i = 0; i < policy.TargetRefs.Count; i++)
            {
                var target = policy.TargetRefs[i];
                if (target.Group.Length != 0 || target.Kind != "Service")
                    yield return Warning(policy, $"spec.targetRefs[{i}]: group \"{target.Group}\" kind \"{target.Kind}\" is no target; name a core Service");
            }
            foreach (var option in policy.Options.Keys.Order(StringComparer.Ordinal))
                yield return Warning(policy, $"spec.options: \"{option}\" has no effect; no options are known");
            if (leftOut.TryGetValue(policy.Key, out var count))
                yield return Warning(policy, $"status.ancestors: {PolicyStatusBuilder.MostAncestors + count} Gateways use the policy, and a status has room for {PolicyStatusBuilder.MostAncestors}; it is in force for all of them, and {(count == 1 ? "one is" : $"{count} are")} not listed");
        }
    }

    private static Notice Warning(BackendTlsPolicy policy, string message) =>
        new($"BackendTLSPolicy {policy.Key}", policy.Source, message, IsWarning: true);
}
