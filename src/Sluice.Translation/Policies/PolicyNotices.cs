using Sluice.Resources.GatewayApi;

namespace Sluice.Translation.Policies;

/// <summary>What of a BackendTLSPolicy has no effect.</summary>
internal static class PolicyNotices
{
    public static IEnumerable<Notice> Of(IEnumerable<BackendTlsPolicy> policies)
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
        }
    }

    private static Notice Warning(BackendTlsPolicy policy, string message) =>
        new($"BackendTLSPolicy {policy.Key}", policy.Source, message, IsWarning: true);
}
