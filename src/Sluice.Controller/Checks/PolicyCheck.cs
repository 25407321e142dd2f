using Sluice.Controller.Offline;
using Sluice.Controller.Reports;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Checks;

/// <summary>BackendTLSPolicies that change nothing: their Service is not there, or no route of a Gateway of ours uses it.</summary>
internal static class PolicyCheck
{
    public static IEnumerable<DiagnosticReport> Run(OfflineManifests manifests)
    {
        foreach (var (key, policy) in manifests.Snapshot.BackendTlsPolicies)
        {
            var missing = Missing(policy, manifests.Snapshot).ToArray();
            foreach (var finding in missing)
                yield return finding;
            if (missing.Length == 0 && !manifests.Translation.BackendTlsPolicies.ContainsKey(key))
                yield return Finding.Warning(policy, "spec.targetRefs", "has no effect: no route of a Gateway among the manifests uses these Services, or only with TLS that is passed through");
        }
    }

    private static IEnumerable<DiagnosticReport> Missing(BackendTlsPolicy policy, ResourceSnapshot snapshot)
    {
        for (var i = 0; i < policy.TargetRefs.Count; i++)
        {
            var target = policy.TargetRefs[i];
            var service = new NamespacedName(policy.Metadata.Namespace, target.Name);
            if (target is { Group: "", Kind: "Service" } && !snapshot.Services.ContainsKey(service))
                yield return Finding.Warning(policy, $"spec.targetRefs[{i}].name", $"there is no Service {service} among the manifests; a policy is for Services of its own namespace");
        }
    }
}
