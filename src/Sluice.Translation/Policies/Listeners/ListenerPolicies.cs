using Sluice.Configuration;
using Sluice.Configuration.Telemetry;
using Sluice.Resources;
using Sluice.Resources.Policies.Listeners;
using Sluice.Translation.Changes;
using Sluice.Translation.Gateways;
using Sluice.Translation.Policies.Targets;

namespace Sluice.Translation.Policies.Listeners;

/// <summary>What ListenerPolicies and HTTPListenerPolicies say of listeners. The former win: the latter are their predecessors.</summary>
internal sealed class ListenerPolicies(string? globalNamespace)
{
    private readonly Dictionary<ListenerSlot, (int Port, MergedListenerPolicy? Policy)> _merged = [];
    private PolicyWorld? _world;

    public ListenerPolicyBook Current { get; } = new(globalNamespace);

    public HttpListenerPolicyBook Http { get; } = new(globalNamespace);

    public bool IsEmpty => Current.IsEmpty && Http.IsEmpty;

    /// <summary>Takes over a snapshot. Returns the Gateways and ListenerSets whose policies changed.</summary>
    public HashSet<PolicyTarget> Update(ResourceSnapshot before, PolicyWorld world, SnapshotChanges changes, IReadOnlySet<NamespacedName> retargeted)
    {
        _world = world;
        var reached = Current.Update(before, world, changes, retargeted);
        reached.UnionWith(Http.Update(before, world, changes, retargeted));
        if (reached.Count > 0 || changes.Gateways.Count > 0 || changes.ListenerSets.Count > 0)
            _merged.Clear();
        return reached;
    }

    /// <summary>Has the listeners of these published anew.</summary>
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

    /// <param name="reached">What <see cref="Update"/> returned.</param>
    /// <param name="changes">What else changed.</param>
    /// <param name="gatewayChanges">What came of that for Gateways.</param>
    /// <param name="gateways">All of ours.</param>
    /// <param name="controllerName">For targets that there are not.</param>
    public void UpdateStatuses(IReadOnlySet<PolicyTarget> reached, SnapshotChanges changes, GatewayChanges gatewayChanges, GatewayBook gateways, string controllerName)
    {
        var isDue = reached.Count > 0 || changes.ListenerPolicies.Count > 0 || changes.HttpListenerPolicies.Count > 0
            || (!IsEmpty && (gatewayChanges.Gateways.Count > 0 || gatewayChanges.Parents.Count > 0 || changes.Gateways.Count > 0 || changes.ListenerSets.Count > 0));
        if (!isDue)
            return;
        Current.UpdateStatuses(gateways, controllerName);
        Http.UpdateStatuses(gateways, controllerName);
    }

    /// <summary>What policies say of a listener; null: nothing. The same instance until they change.</summary>
    public MergedListenerPolicy? Of(ListenerSlot slot, ListenerOwner owner)
    {
        if (IsEmpty)
            return null;
        var listener = slot.Evaluation.Spec;
        if (_merged.TryGetValue(slot, out var known) && known.Port == listener.Port)
            return known.Policy;
        var merged = ListenerPolicyMerge.Merge(Current.Of(owner, listener.Name), Http.Of(owner, listener.Name), listener.Port);
        _merged[slot] = (listener.Port, merged);
        return merged;
    }

    /// <summary>The listener with the policies in force.</summary>
    public Listener Apply(Listener listener, MergedListenerPolicy policy)
    {
        if (policy.Settings is { } settings)
            return ListenerPolicyCompiler.Apply(listener, settings, Surroundings(policy.Owner), policy.Field);
        return policy.HttpSettings is { } http ? ListenerPolicyCompiler.Apply(listener, http, Surroundings(policy.Owner), "") : listener;
    }

    /// <summary>The access logs and traces that a policy asks for; null: none.</summary>
    /// <param name="http">The policy's settings.</param>
    /// <param name="listeners">Names of the listeners that they are for; null: all of the Gateway.</param>
    /// <param name="policy">With the settings.</param>
    public TelemetrySettings? Telemetry(HttpSettings http, IReadOnlyList<string>? listeners, MergedListenerPolicy policy) =>
        ListenerTelemetryCompiler.Compile(http, listeners, Surroundings(policy.Owner), policy.Settings is null ? "" : $"{policy.Field}.httpSettings");

    private PolicySurroundings Surroundings(KubernetesObject policy) => new(_world!, policy, new PolicyFindings());
}
