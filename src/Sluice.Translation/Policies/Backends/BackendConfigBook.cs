using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Backends;
using Sluice.Translation.Changes;
using Sluice.Translation.Gateways;
using Sluice.Translation.Policies.Targets;

namespace Sluice.Translation.Policies.Backends;

/// <summary>The BackendConfigPolicies by the Services and Backends that they are for.</summary>
internal sealed class BackendConfigBook(string? globalNamespace) : AttachedPolicyBook<BackendConfigPolicy>(globalNamespace)
{
    private static readonly Cluster Probe = new() { Name = "", Endpoints = [] };
    private IEnumerable<GatewayState> _gateways = [];

    /// <summary>Takes over a snapshot. Returns the Services and Backends whose clusters may be others than before.</summary>
    public HashSet<PolicyTarget> Update(ResourceSnapshot before, PolicyWorld world, SnapshotChanges changes, IReadOnlySet<NamespacedName> retargeted) =>
        Update(before, world, world.Snapshot.BackendConfigPolicies, changes.BackendConfigPolicies, changes, retargeted);

    /// <param name="gateways">All of ours, with the clusters that they use.</param>
    /// <param name="controllerName">For targets that there are not.</param>
    public void UpdateStatuses(IEnumerable<GatewayState> gateways, string controllerName)
    {
        _gateways = gateways;
        UpdateStatuses(controllerName);
    }

    /// <summary>The cluster as the policies for its Service or Backend will have it; the same instance without any.</summary>
    public Cluster Apply(Cluster cluster, KubernetesObject target)
    {
        BackendConfigPolicy? merged = null;
        foreach (var link in Index.Of(target))
            merged = merged is null ? link.Policy : BackendConfigMerge.Merge(merged, link.Policy);
        return merged is null ? cluster : BackendConfigFields.Apply(cluster, merged, new PolicySurroundings(World, merged, new PolicyFindings()));
    }

    protected override void Check(BackendConfigPolicy policy, IPolicySurroundings surroundings) => BackendConfigFields.Apply(Probe, policy, surroundings);

    protected override bool IsPartlyInForce(BackendConfigPolicy policy, IReadOnlyList<PolicyProblem> problems) =>
        policy.Fields.Any(field => !problems.Any(problem => problem.Field == field));

    protected override void AddAncestors(PolicyAncestors ancestors, BackendConfigPolicy policy)
    {
        for (var i = 0; i < policy.TargetRefs.Count; i++)
        {
            var target = PolicyIndex<BackendConfigPolicy>.TargetOf(policy, policy.TargetRefs[i]);
            if (!IsTarget(target))
                ancestors.Missing(target, null, $"targetRefs[{i}]: group \"{target.Group}\" kind \"{target.Kind}\" is no target; use a core Service, or a Backend of {GatewayApiGroup.Kgateway}");
            else if (PolicyTargets.Find(World.Snapshot, target) is { } found)
                Add(ancestors, policy, found, policy.TargetRefs[i].SectionName);
            else
                ancestors.Missing(target, null, $"targetRefs[{i}]: {target} does not exist");
        }
        foreach (var selector in policy.TargetSelectors)
        {
            foreach (var found in PolicyTargets.Of(World.Snapshot, selector.Group, selector.Kind))
            {
                if (IsTarget(PolicyTarget.Of(found)) && Index.Selects(policy, selector, found))
                    Add(ancestors, policy, found, selector.SectionName);
            }
        }
    }

    private static bool IsTarget(PolicyTarget target) => target is { Group: "", Kind: "Service" } or { Group: GatewayApiGroup.Kgateway, Kind: "Backend" };

    private void Add(PolicyAncestors ancestors, BackendConfigPolicy policy, KubernetesObject target, string? section)
    {
        foreach (var gateway in _gateways)
        {
            if (gateway.Clusters.Leads(target.Key, isBackend: target is Backend))
                ancestors.Add(gateway, StandingOf(policy, target, section));
        }
    }
}
