using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Traffic;
using Sluice.Translation.Gateways;
using Sluice.Translation.Policies.Targets;
using Sluice.Translation.Routes;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>
/// Status of a TrafficPolicy: its ancestors are the Gateways that it reaches, and targets that there are not. Whether it is overridden or merged
/// is said of the policies for the same target; what more specific ones say is a matter of each rule.
/// </summary>
internal sealed class TrafficPolicyStatusBuilder(
    TrafficPolicyBook book,
    ResourceSnapshot snapshot,
    GatewayBook gateways,
    IReadOnlyDictionary<NamespacedName, RouteMemo> httpRoutes,
    IReadOnlyDictionary<NamespacedName, RouteMemo> grpcRoutes,
    string controllerName)
{
    private static readonly string[] Kinds = ["Gateway", "ListenerSet", "HTTPRoute", "GRPCRoute"];

    public PolicyStatus Build(CompiledTrafficPolicy compiled)
    {
        var ancestors = new PolicyAncestors(controllerName);
        var policy = compiled.Policy;
        for (var i = 0; i < policy.TargetRefs.Count; i++)
        {
            var reference = policy.TargetRefs[i];
            var target = PolicyIndex<TrafficPolicy>.TargetOf(policy, reference);
            if (!IsTarget(target))
                ancestors.Missing(target, reference.SectionName, $"targetRefs[{i}]: group \"{target.Group}\" kind \"{target.Kind}\" is no target; use {string.Join(", ", Kinds)} of {GatewayApiGroup.Name}");
            else if (PolicyTargets.Find(snapshot, target) is { } found)
                Add(ancestors, compiled, found, reference.SectionName, $"targetRefs[{i}]");
            else
                ancestors.Missing(target, reference.SectionName, $"targetRefs[{i}]: {target} does not exist");
        }
        for (var i = 0; i < policy.TargetSelectors.Count; i++)
        {
            var selector = policy.TargetSelectors[i];
            foreach (var found in PolicyTargets.Of(snapshot, selector.Group, selector.Kind))
            {
                if (IsTarget(PolicyTarget.Of(found)) && book.Index.Selects(policy, selector, found))
                    Add(ancestors, compiled, found, selector.SectionName, $"targetSelectors[{i}]");
            }
        }
        foreach (var (isGrpc, route) in book.Extensions.Of(policy.Key))
        {
            if ((isGrpc ? grpcRoutes : httpRoutes).TryGetValue(route, out var memo))
                AddRoute(ancestors, memo, Standing.Attached);
        }
        return ancestors.ToStatus(policy.Metadata.Generation, Fault(compiled));
    }

    private static bool IsTarget(PolicyTarget target) => target.Group == GatewayApiGroup.Name && Kinds.Contains(target.Kind);

    private static (string Reason, string Message)? Fault(CompiledTrafficPolicy compiled)
    {
        if (compiled.Problems.Length == 0)
            return compiled.Outcomes.Length == 0 ? PolicyAncestors.Nothing : null;
        return PolicyAncestors.Faults(compiled.Problems, isPartlyInForce: Array.Exists(compiled.Outcomes, outcome => outcome.Effect != FieldEffect.Broken));
    }

    private void Add(PolicyAncestors ancestors, CompiledTrafficPolicy compiled, KubernetesObject target, string? section, string field)
    {
        switch (target)
        {
            case Gateway or ListenerSet:
                var key = target is Gateway gateway ? ParentKey.Of(gateway) : ParentKey.Of((ListenerSet)target);
                if (gateways.Find(key) is not { } owner)
                    return;
                if (section is not null && owner.Evaluation(section) is null)
                    ancestors.Missing(owner.Gateway, $"{field}.sectionName: {PolicyTarget.Of(target)} has no listener \"{section}\"");
                else
                    ancestors.Add(owner.Gateway, StandingOf(compiled, target, section));
                break;
            case Layer7Route route:
                if (!(route is GrpcRoute ? grpcRoutes : httpRoutes).TryGetValue(route.Key, out var memo))
                    return;
                if (section is not null && !route.CommonRules.Any(rule => rule.Name == section))
                    ancestors.Missing(PolicyTarget.Of(route), section, $"{field}.sectionName: {PolicyTarget.Of(route)} has no rule \"{section}\"");
                else
                    AddRoute(ancestors, memo, StandingOf(compiled, target, section));
                break;
        }
    }

    private void AddRoute(PolicyAncestors ancestors, RouteMemo memo, Standing standing)
    {
        foreach (var gateway in memo.Attachments.Select(attachment => attachment.Listener.Gateway).Distinct())
            ancestors.Add(gateway, standing);
        if (memo.Attachments.Length > 0)
            return;
        foreach (var parent in memo.Status.Parents)
        {
            if (ParentKey.Of(memo.Route, parent.ParentRef) is { } key && gateways.Find(key) is { } owner)
                ancestors.Add(owner.Gateway, Standing.Pending);
        }
    }

    // Of the policies for the very same target: does this one say anything, and do others?
    private Standing StandingOf(CompiledTrafficPolicy compiled, KubernetesObject target, string? section)
    {
        var taken = new HashSet<TrafficField>();
        var isFirst = true;
        var wins = compiled.Outcomes.Length == 0;
        var loses = false;
        var others = false;
        foreach (var link in book.LinksOf(target))
        {
            if (link.Section != section || book.Find(link.Policy.Key) is not { } rival)
                continue;
            if (ReferenceEquals(rival, compiled))
            {
                foreach (var outcome in compiled.Outcomes)
                {
                    if (taken.Contains(outcome.Field))
                        loses = true;
                    else
                        wins = true;
                }
                isFirst = false;
                continue;
            }
            others = true;
            if (isFirst)
                taken.UnionWith(rival.Outcomes.Where(outcome => !outcome.Field.MergesDeeply).Select(outcome => outcome.Field));
        }
        return !wins && loses ? Standing.Overridden : others ? Standing.Merged : Standing.Attached;
    }
}
