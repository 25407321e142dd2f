using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Traffic;
using Sluice.Translation.Changes;
using Sluice.Translation.Gateways;
using Sluice.Translation.Hosts;
using Sluice.Translation.Policies.Targets;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>
/// The TrafficPolicies, compiled, by what they are for, kept from snapshot to snapshot. A policy is compiled anew when it changes or something
/// that it looked at; routes are looked at again only when it then comes to something else.
/// </summary>
/// <param name="globalNamespace">Selectors of policies in it select in every namespace; null: there is none.</param>
internal sealed class TrafficPolicyBook(string? globalNamespace)
{
    private readonly Dictionary<NamespacedName, CompiledTrafficPolicy> _policies = [];
    private readonly DependencyIndex _dependencies = new();
    private readonly Dictionary<ListenerTable, PolicyScope> _scopes = [];
    private readonly HashSet<NamespacedName> _touched = [];

    public PolicyIndex<TrafficPolicy> Index { get; } = new(globalNamespace);

    public ExtensionUsers Extensions { get; } = new();

    /// <summary>Number of times that a policy was compiled: what memoization is measured by.</summary>
    public long Compiled { get; private set; }

    public bool IsEmpty => _policies.Count == 0;

    public IReadOnlyDictionary<NamespacedName, CompiledTrafficPolicy> Policies => _policies;

    public CompiledTrafficPolicy? Find(NamespacedName policy) => _policies.GetValueOrDefault(policy);

    public IReadOnlyList<PolicyLink<TrafficPolicy>> LinksOf(KubernetesObject target) => Index.Of(target);

    /// <summary>Takes over a snapshot. Says whom that reaches.</summary>
    public PolicyChanges Update(ResourceSnapshot before, PolicyWorld world, SnapshotChanges changes, IReadOnlySet<NamespacedName> retargeted)
    {
        var reached = new PolicyChanges();
        var due = new HashSet<NamespacedName>(changes.TrafficPolicies);
        _dependencies.AddUsers(changes, retargeted, due);
        foreach (var key in due)
            Update(key, world, before, reached);
        AddRelabelled(before, world.Snapshot, changes, reached);
        if (reached.Parents.Count > 0 || changes.Gateways.Count > 0 || changes.ListenerSets.Count > 0)
            _scopes.Clear();
        TouchTargets(before, world.Snapshot, changes);
        return reached;
    }

    /// <summary>What a listener's routes are given by it and by what it is of.</summary>
    public PolicyScope ScopeOf(ListenerTable listener)
    {
        if (Index.IsEmpty)
            return PolicyScope.Empty;
        if (!_scopes.TryGetValue(listener, out var scope))
            _scopes.Add(listener, scope = Scope(listener));
        return scope;
    }

    /// <summary>The policies of the route, and those that it names, may have another status.</summary>
    public void Touch(Layer7Route? route, RoutePolicies? policies)
    {
        if (route is null)
            return;
        foreach (var link in Index.Of(route))
            _touched.Add(link.Policy.Key);
        if (policies is not null)
            _touched.UnionWith(policies.Extensions);
    }

    /// <summary>The policies of Gateways and ListenerSets that came, went or serve other routes may have another status.</summary>
    public void Touch(GatewayChanges changes, ResourceSnapshot snapshot)
    {
        if (Index.IsEmpty)
            return;
        foreach (var parent in changes.Parents.Concat(changes.Gateways.Select(gateway => new ParentKey(false, gateway))))
        {
            var target = parent.IsSet ? snapshot.ListenerSets.GetValueOrDefault(parent.Name) : (KubernetesObject?)snapshot.Gateways.GetValueOrDefault(parent.Name);
            foreach (var link in Index.Of(target))
                _touched.Add(link.Policy.Key);
        }
    }

    /// <summary>Policies whose status may be another than when this was asked last, or that are gone.</summary>
    public HashSet<NamespacedName> TakeTouched()
    {
        var touched = new HashSet<NamespacedName>(_touched);
        _touched.Clear();
        return touched;
    }

    private void Update(NamespacedName key, PolicyWorld world, ResourceSnapshot before, PolicyChanges reached)
    {
        _policies.TryGetValue(key, out var old);
        world.Snapshot.TrafficPolicies.TryGetValue(key, out var policy);
        var compiled = policy is null ? null : TrafficPolicyCompiler.Compile(policy, world);
        if (compiled is not null)
            Compiled++;
        _touched.Add(key);
        if (old is not null)
            _dependencies.Remove(key, old.Dependencies);
        if (compiled is not null)
            _dependencies.Add(key, compiled.Dependencies);

        // What rules hold stays the same as long as it says the same.
        var doesSame = old is not null && compiled is not null && old.DoesSame(compiled);
        if (doesSame)
            compiled = compiled! with { Outcomes = old!.Outcomes };
        if (doesSame && ReferenceEquals(old!.Policy, policy))
        {
            _policies[key] = compiled!;
            _scopes.Clear();
            return;
        }
        if (old is not null)
        {
            AddReached(old.Policy, before, reached);
            Index.Remove(old.Policy);
        }
        if (compiled is null)
        {
            _policies.Remove(key);
        }
        else
        {
            _policies[key] = compiled;
            Index.Add(compiled.Policy);
            AddReached(compiled.Policy, world.Snapshot, reached);
        }
        foreach (var (isGrpc, route) in Extensions.Of(key))
            reached.Add(isGrpc ? "GRPCRoute" : "HTTPRoute", route);
    }

    // Its rivals for the same targets may win or lose by it.
    private void AddReached(TrafficPolicy policy, ResourceSnapshot snapshot, PolicyChanges reached)
    {
        foreach (var reference in policy.TargetRefs)
        {
            var target = PolicyIndex<TrafficPolicy>.TargetOf(policy, reference);
            reached.Add(target.Kind, target.Name);
            _touched.UnionWith(Index.Naming(target).Select(rival => rival.Key));
            if (PolicyTargets.Find(snapshot, target) is { } found)
                _touched.UnionWith(Index.Of(found).Select(link => link.Policy.Key));
        }
        foreach (var selector in policy.TargetSelectors)
        {
            foreach (var target in PolicyTargets.Of(snapshot, selector.Group, selector.Kind))
            {
                if (!Index.Selects(policy, selector, target))
                    continue;
                reached.Add(target.Kind, target.Key);
                _touched.UnionWith(Index.Of(target).Select(link => link.Policy.Key));
            }
        }
    }

    // Routes with other labels are compiled anew themselves.
    private void AddRelabelled(ResourceSnapshot before, ResourceSnapshot now, SnapshotChanges changes, PolicyChanges reached)
    {
        if (Index.IsEmpty)
            return;
        foreach (var key in changes.Gateways)
            Compare(before.Gateways.GetValueOrDefault(key), now.Gateways.GetValueOrDefault(key));
        foreach (var key in changes.ListenerSets)
            Compare(before.ListenerSets.GetValueOrDefault(key), now.ListenerSets.GetValueOrDefault(key));

        void Compare(KubernetesObject? old, KubernetesObject? current)
        {
            if (current is not null && !Index.Of(old).SequenceEqual(Index.Of(current)))
                reached.Add(current.Kind, current.Key);
        }
    }

    private void TouchTargets(ResourceSnapshot before, ResourceSnapshot now, SnapshotChanges changes)
    {
        if (Index.IsEmpty)
            return;
        Touch("Gateway", changes.Gateways, before.Gateways, now.Gateways);
        Touch("ListenerSet", changes.ListenerSets, before.ListenerSets, now.ListenerSets);
        Touch("HTTPRoute", changes.HttpRoutes, before.HttpRoutes, now.HttpRoutes);
        Touch("GRPCRoute", changes.GrpcRoutes, before.GrpcRoutes, now.GrpcRoutes);

        void Touch<T>(string kind, IReadOnlySet<NamespacedName> keys, IReadOnlyDictionary<NamespacedName, T> old, IReadOnlyDictionary<NamespacedName, T> current)
            where T : KubernetesObject
        {
            foreach (var key in keys)
            {
                _touched.UnionWith(Index.Naming(new PolicyTarget(GatewayApiGroup.Name, kind, key)).Select(policy => policy.Key));
                _touched.UnionWith(Index.Of(old.GetValueOrDefault(key)).Select(link => link.Policy.Key));
                _touched.UnionWith(Index.Of(current.GetValueOrDefault(key)).Select(link => link.Policy.Key));
            }
        }
    }

    private PolicyScope Scope(ListenerTable listener)
    {
        var uses = new List<PolicyUse>();
        var owner = listener.Owner;
        var section = listener.Section;
        Add(owner.Source, section);
        Add(owner.Source, null);
        if (owner.Key.IsSet)
            Add(listener.Gateway.Evaluation.Gateway, null);
        return uses.Count == 0 ? PolicyScope.Empty : new PolicyScope([.. uses]);

        void Add(KubernetesObject target, string? of)
        {
            foreach (var link in Index.Of(target))
            {
                if (link.Section == of)
                    uses.Add(new PolicyUse(_policies[link.Policy.Key], of is null ? $"{target.Kind}/{target.Key}" : $"{target.Kind}/{target.Key}#{of}"));
            }
        }
    }
}
