using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies;
using Sluice.Translation.Gateways;
using Sluice.Translation.Policies.Targets;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>Policies of one kind by the Gateways, ListenerSets and listeners that they are for.</summary>
internal abstract class ListenerBook<T>(string? globalNamespace) : AttachedPolicyBook<T>(globalNamespace)
    where T : AttachedPolicy
{
    private static readonly string[] Kinds = ["Gateway", "ListenerSet"];
    private GatewayBook? _gateways;

    /// <summary>The policies for a listener, for its ListenerSet, and for its Gateway, in this order.</summary>
    public IEnumerable<T> Of(ListenerOwner owner, string section)
    {
        var own = Index.Of(owner.Source);
        var policies = own.Where(link => link.Section == section).Concat(own.Where(link => link.Section is null));
        if (owner.Key.IsSet)
            policies = policies.Concat(Index.Of(owner.Gateway.Evaluation.Gateway).Where(link => link.Section is null));
        return policies.Select(link => link.Policy);
    }

    /// <param name="gateways">All of ours.</param>
    /// <param name="controllerName">For targets that there are not.</param>
    public void UpdateStatuses(GatewayBook gateways, string controllerName)
    {
        _gateways = gateways;
        UpdateStatuses(controllerName);
    }

    protected override void AddAncestors(PolicyAncestors ancestors, T policy)
    {
        for (var i = 0; i < policy.TargetRefs.Count; i++)
        {
            var reference = policy.TargetRefs[i];
            var target = PolicyIndex<T>.TargetOf(policy, reference);
            if (!IsTarget(target))
                ancestors.Missing(target, reference.SectionName, $"targetRefs[{i}]: group \"{target.Group}\" kind \"{target.Kind}\" is no target; use {string.Join(" or ", Kinds)} of {GatewayApiGroup.Name}");
            else if (PolicyTargets.Find(World.Snapshot, target) is { } found)
                Add(ancestors, policy, found, reference.SectionName, $"targetRefs[{i}]");
            else
                ancestors.Missing(target, reference.SectionName, $"targetRefs[{i}]: {target} does not exist");
        }
        for (var i = 0; i < policy.TargetSelectors.Count; i++)
        {
            var selector = policy.TargetSelectors[i];
            foreach (var found in PolicyTargets.Of(World.Snapshot, selector.Group, selector.Kind))
            {
                if (IsTarget(PolicyTarget.Of(found)) && Index.Selects(policy, selector, found))
                    Add(ancestors, policy, found, selector.SectionName, $"targetSelectors[{i}]");
            }
        }
    }

    private static bool IsTarget(PolicyTarget target) => target.Group == GatewayApiGroup.Name && Kinds.Contains(target.Kind);

    private void Add(PolicyAncestors ancestors, T policy, KubernetesObject target, string? section, string field)
    {
        var key = target is Gateway gateway ? ParentKey.Of(gateway) : ParentKey.Of((ListenerSet)target);
        if (_gateways!.Find(key) is not { } owner)
            return;
        if (section is not null && owner.Evaluation(section) is null)
            ancestors.Missing(owner.Gateway, $"{field}.sectionName: {PolicyTarget.Of(target)} has no listener \"{section}\"");
        else
            ancestors.Add(owner.Gateway, StandingOf(policy, target, section));
    }
}
