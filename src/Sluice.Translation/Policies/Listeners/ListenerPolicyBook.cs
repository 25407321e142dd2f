using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Listeners;
using Sluice.Translation.Changes;
using Sluice.Translation.Gateways;
using Sluice.Translation.Policies.Targets;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>The ListenerPolicies by the Gateways, ListenerSets and listeners that they are for.</summary>
internal sealed class ListenerPolicyBook(string? globalNamespace) : AttachedPolicyBook<ListenerPolicy>(globalNamespace)
{
    private static readonly string[] Kinds = ["Gateway", "ListenerSet"];
    private static readonly Listener Probe = new() { Name = "", Port = 0, BindPort = 0, Protocol = ListenerProtocol.Https, Hostname = "" };
    private readonly Dictionary<ListenerSlot, (int Port, MergedListenerPolicy? Policy)> _merged = [];
    private GatewayBook? _gateways;

    /// <summary>Takes over a snapshot. The listeners whose policies changed are touched with <see cref="Touch"/>.</summary>
    public HashSet<PolicyTarget> Update(ResourceSnapshot before, PolicyWorld world, SnapshotChanges changes, IReadOnlySet<NamespacedName> retargeted)
    {
        var reached = Update(before, world, world.Snapshot.ListenerPolicies, changes.ListenerPolicies, changes, retargeted);
        if (reached.Count > 0 || changes.Gateways.Count > 0 || changes.ListenerSets.Count > 0)
            _merged.Clear();
        return reached;
    }

    /// <summary>Has the listeners published anew whose policies changed.</summary>
    public static void Touch(IReadOnlySet<PolicyTarget> reached, GatewayBook gateways)
    {
        foreach (var target in reached)
        {
            if (gateways.Find(new ParentKey(target.Kind == "ListenerSet", target.Name)) is not { } owner)
                continue;
            owner.Touch();
            if (owner.Key.IsSet)
                continue;
            foreach (var set in owner.Gateway.Sets)
                set.Touch();
        }
    }

    /// <summary>What policies say of a listener; null: nothing. The same instance until they change.</summary>
    public MergedListenerPolicy? Of(ListenerSlot slot, ListenerOwner owner)
    {
        if (Index.IsEmpty)
            return null;
        var listener = slot.Evaluation.Spec;
        if (_merged.TryGetValue(slot, out var known) && known.Port == listener.Port)
            return known.Policy;
        var policies = new List<ListenerPolicy>();
        Add(owner.Source, listener.Name);
        Add(owner.Source, null);
        if (owner.Key.IsSet)
            Add(owner.Gateway.Evaluation.Gateway, null);
        var merged = ListenerPolicyMerge.Merge(policies, listener.Port);
        _merged[slot] = (listener.Port, merged);
        return merged;

        void Add(KubernetesObject target, string? section) =>
            policies.AddRange(Index.Of(target).Where(link => link.Section == section).Select(link => link.Policy));
    }

    /// <summary>The listener with the policies in force; null: it is not to be served.</summary>
    public Listener? Apply(Listener listener, MergedListenerPolicy policy) =>
        ListenerFields.Apply(listener, policy.Settings, new PolicySurroundings(World, policy.Policies[0], new PolicyFindings()), policy.Field);

    /// <param name="gateways">All of ours.</param>
    /// <param name="controllerName">For targets that there are not.</param>
    public void UpdateStatuses(GatewayBook gateways, string controllerName)
    {
        _gateways = gateways;
        UpdateStatuses(controllerName);
    }

    protected override void Check(ListenerPolicy policy, IPolicySurroundings surroundings)
    {
        if (policy.Default is { } settings)
            ListenerFields.Apply(Probe, settings, surroundings, "default");
        for (var i = 0; i < policy.PerPort.Count; i++)
            ListenerFields.Apply(Probe with { Port = policy.PerPort[i].Port }, policy.PerPort[i].Listener, surroundings, $"perPort[{i}].listener");
    }

    protected override bool IsPartlyInForce(ListenerPolicy policy, IReadOnlyList<PolicyProblem> problems)
    {
        var set = 0;
        foreach (var settings in policy.PerPort.Select(port => port.Listener).Append(policy.Default).OfType<ListenerSettings>())
        {
            set += (settings.ProxyProtocol is null ? 0 : 1) + (settings.TcpKeepalive is null ? 0 : 1) + (settings.PerConnectionBufferLimitBytes is null ? 0 : 1)
                + (settings.TransportSocketConnectTimeout is null ? 0 : 1) + (settings.ClientCertificateValidation is null ? 0 : 1) + (settings.HttpSettings is null ? 0 : 1);
        }

        // What stands deeper in a field is a part of it alone.
        return set > problems.Count(problem => problem.Field.Count(c => c == '.') == (problem.Field.StartsWith("perPort", StringComparison.Ordinal) ? 2 : 1));
    }

    protected override void AddAncestors(PolicyAncestors ancestors, ListenerPolicy policy)
    {
        for (var i = 0; i < policy.TargetRefs.Count; i++)
        {
            var reference = policy.TargetRefs[i];
            var target = PolicyIndex<ListenerPolicy>.TargetOf(policy, reference);
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

    private void Add(PolicyAncestors ancestors, ListenerPolicy policy, KubernetesObject target, string? section, string field)
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
