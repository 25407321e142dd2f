using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Gateways;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Policies;

/// <summary>Status of a BackendTLSPolicy: its ancestors are the Gateways whose routes use one of its Services (GEP-1897).</summary>
internal static class PolicyStatusBuilder
{
    /// <summary>PolicyStatus.ancestors may have no more items.</summary>
    public const int MostAncestors = 16;

    /// <param name="verdict">On the policy.</param>
    /// <param name="book">All policies.</param>
    /// <param name="snapshot">Where Services are.</param>
    /// <param name="gateways">All of ours.</param>
    /// <param name="leftOut">How many Gateways use the policy and are not in its status, for want of room.</param>
    /// <returns>Null when no Gateway uses what the policy is for.</returns>
    public static PolicyStatus? Build(BackendTlsVerdict verdict, BackendTlsBook book, ResourceSnapshot snapshot, IReadOnlyDictionary<NamespacedName, GatewayState> gateways, out int leftOut)
    {
        var policy = verdict.Policy;
        List<GatewayState>? users = null;
        foreach (var gateway in gateways.Values)
        {
            if (policy.TargetRefs.Any(target => target is { Group: "", Kind: "Service" } && gateway.PolicedServices.Contains(ServiceOf(policy, target))))
                (users ??= []).Add(gateway);
        }
        leftOut = Math.Max(0, (users?.Count ?? 0) - MostAncestors);
        if (users is null)
            return null;
        var conditions = Conditions(verdict, book, snapshot);
        return new PolicyStatus([.. users
            .OrderBy(gateway => gateway.Evaluation.Gateway.Key.ToString(), StringComparer.Ordinal)
            .Take(MostAncestors)
            .Select(gateway => new PolicyAncestorStatus(ReferenceTo(gateway.Evaluation.Gateway), gateway.Evaluation.ControllerName, conditions))]);
    }

    public static bool Same(PolicyStatus one, PolicyStatus other) =>
        one.Ancestors.Count == other.Ancestors.Count
        && one.Ancestors.Zip(other.Ancestors).All(pair =>
            pair.First.AncestorRef == pair.Second.AncestorRef
            && pair.First.ControllerName == pair.Second.ControllerName
            && pair.First.Conditions.SequenceEqual(pair.Second.Conditions));

    private static ParentReference ReferenceTo(Gateway gateway) => new(gateway.Metadata.Name, gateway.Metadata.Namespace);

    private static NamespacedName ServiceOf(BackendTlsPolicy policy, PolicyTargetReference target) => new(policy.Metadata.Namespace, target.Name);

    private static Condition[] Conditions(BackendTlsVerdict verdict, BackendTlsBook book, ResourceSnapshot snapshot)
    {
        var generation = verdict.Policy.Metadata.Generation;
        var refused = verdict.Refused ?? FindConflict(verdict, book) ?? FindMissingPort(verdict.Policy, snapshot);
        return
        [
            refused is null
                ? new Condition(ConditionType.Accepted, true, Reason.Accepted, "", generation)
                : new Condition(ConditionType.Accepted, false, refused.Reason, refused.Message, generation),
            verdict.Unresolved is null
                ? new Condition(ConditionType.ResolvedRefs, true, Reason.ResolvedRefs, "", generation)
                : new Condition(ConditionType.ResolvedRefs, false, verdict.Unresolved.Reason, verdict.Unresolved.Message, generation),
        ];
    }

    // A policy that another one takes precedence of anywhere says so, also when it is in force elsewhere.
    private static Finding? FindConflict(BackendTlsVerdict verdict, BackendTlsBook book)
    {
        for (var i = 0; i < verdict.Policy.TargetRefs.Count; i++)
        {
            var reference = verdict.Policy.TargetRefs[i];
            if (reference is not { Group: "", Kind: "Service" })
                continue;
            foreach (var target in book.Of(ServiceOf(verdict.Policy, reference)))
            {
                if (target.Section != reference.SectionName)
                    continue;
                if (ReferenceEquals(target.Verdict, verdict))
                    break;
                return new Finding(Reason.Conflicted, $"targetRefs[{i}]: BackendTLSPolicy \"{target.Verdict.Policy.Key}\", which is older or comes first by name, is in force for {Describe(reference)}");
            }
        }
        return null;
    }

    // "If a SectionName is specified, but does not exist on the targeted object, the Policy must fail to attach."
    private static Finding? FindMissingPort(BackendTlsPolicy policy, ResourceSnapshot snapshot)
    {
        for (var i = 0; i < policy.TargetRefs.Count; i++)
        {
            var reference = policy.TargetRefs[i];
            if (reference is not { Group: "", Kind: "Service", SectionName: { } section }
                || !snapshot.Services.TryGetValue(ServiceOf(policy, reference), out var service)
                || service.Ports.Any(port => port.Name == section))
                continue;
            var names = string.Join(", ", service.Ports.Select(port => port.Name.Length == 0 ? $"{port.Port} (unnamed)" : port.Name));
            return new Finding(Reason.TargetNotFound, $"targetRefs[{i}].sectionName: Service \"{service.Key}\" has no port \"{section}\"; it has {(names.Length == 0 ? "none" : names)}");
        }
        return null;
    }

    private static string Describe(PolicyTargetReference reference) =>
        reference.SectionName is { } section ? $"port \"{section}\" of Service \"{reference.Name}\"" : $"Service \"{reference.Name}\"";
}
