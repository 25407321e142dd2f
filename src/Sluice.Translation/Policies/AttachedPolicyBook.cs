using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies;
using Sluice.Translation.Changes;
using Sluice.Translation.Policies.Targets;

namespace Sluice.Translation.Policies;

/// <summary>
/// The policies of one kind of which few fields matter to few objects (ListenerPolicy, BackendConfigPolicy), by what they are for, kept from
/// snapshot to snapshot.
/// </summary>
/// <param name="globalNamespace">Selectors of policies in it select in every namespace; null: there is none.</param>
internal abstract class AttachedPolicyBook<T>(string? globalNamespace)
    where T : AttachedPolicy
{
    private readonly Dictionary<NamespacedName, JudgedPolicy<T>> _policies = [];
    private readonly DependencyIndex _dependencies = new();

    public PolicyIndex<T> Index { get; } = new(globalNamespace);

    public bool IsEmpty => _policies.Count == 0;

    public ImmutableDictionary<NamespacedName, PolicyStatus> Statuses { get; private set; } = ImmutableDictionary<NamespacedName, PolicyStatus>.Empty;

    protected PolicyWorld World { get; private set; } = null!;

    /// <summary>Takes over a snapshot. Returns the objects whose policies changed, or what these were made of.</summary>
    /// <param name="before">The snapshot before.</param>
    /// <param name="world">What policies are compiled in.</param>
    /// <param name="policies">As they are now.</param>
    /// <param name="changed">Those that came, went or changed.</param>
    /// <param name="changes">What else changed.</param>
    /// <param name="retargeted">The Services whose BackendTLSPolicies changed.</param>
    protected HashSet<PolicyTarget> Update(
        ResourceSnapshot before,
        PolicyWorld world,
        IReadOnlyDictionary<NamespacedName, T> policies,
        IReadOnlySet<NamespacedName> changed,
        SnapshotChanges changes,
        IReadOnlySet<NamespacedName> retargeted)
    {
        World = world;
        var reached = new HashSet<PolicyTarget>();
        var due = new HashSet<NamespacedName>(changed);
        _dependencies.AddUsers(changes, retargeted, due);
        foreach (var key in due)
        {
            if (_policies.Remove(key, out var old))
            {
                AddTargets(old.Policy, before, reached);
                Index.Remove(old.Policy);
                _dependencies.Remove(key, old.Dependencies);
            }
            if (!policies.TryGetValue(key, out var policy))
                continue;
            var judged = Judge(policy, world);
            _policies.Add(key, judged);
            Index.Add(policy);
            _dependencies.Add(key, judged.Dependencies);
            AddTargets(policy, world.Snapshot, reached);
        }
        return reached;
    }

    /// <summary>Compiles a policy for itself, so that what is wrong with it is known.</summary>
    protected abstract void Check(T policy, IPolicySurroundings surroundings);

    /// <summary>Whether any field that the policy sets is in force.</summary>
    protected abstract bool IsPartlyInForce(T policy, IReadOnlyList<PolicyProblem> problems);

    /// <summary>What its status says of its targets.</summary>
    protected abstract void AddAncestors(PolicyAncestors ancestors, T policy);

    /// <summary>Builds the statuses of all policies; those that say the same stay the same instances.</summary>
    protected void UpdateStatuses(string controllerName)
    {
        var statuses = Statuses.ToBuilder();
        foreach (var gone in Statuses.Keys.Where(key => !_policies.ContainsKey(key)))
            statuses.Remove(gone);
        foreach (var (key, judged) in _policies)
        {
            var ancestors = new PolicyAncestors(controllerName);
            AddAncestors(ancestors, judged.Policy);
            (string, string)? fault = judged.Problems.Length > 0
                ? PolicyAncestors.Faults(judged.Problems, IsPartlyInForce(judged.Policy, judged.Problems))
                : judged.Policy.Fields.Count == 0 ? PolicyAncestors.Nothing : null;
            var status = ancestors.ToStatus(judged.Policy.Metadata.Generation, fault);
            if (status.Ancestors.Count == 0)
                statuses.Remove(key);
            else if (!statuses.TryGetValue(key, out var old) || !PolicyStatusBuilder.Same(old, status))
                statuses[key] = status;
        }
        Statuses = statuses.ToImmutable();
    }

    /// <summary>How a policy stands with those for the very same target.</summary>
    protected Standing StandingOf(T policy, KubernetesObject target, string? section)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var isFirst = true;
        var others = false;
        var loses = false;
        foreach (var link in Index.Of(target))
        {
            if (link.Section != section)
                continue;
            if (ReferenceEquals(link.Policy, policy))
            {
                loses = policy.Fields.Count > 0 && policy.Fields.All(taken.Contains);
                isFirst = false;
                continue;
            }
            others = true;
            if (isFirst)
                taken.UnionWith(link.Policy.Fields);
        }
        return loses ? Standing.Overridden : others ? Standing.Merged : Standing.Attached;
    }

    private JudgedPolicy<T> Judge(T policy, PolicyWorld world)
    {
        var findings = new PolicyFindings();
        Check(policy, new PolicySurroundings(world, policy, findings));
        if (PolicyPrecedence.WeightProblem(policy) is { } problem)
            findings.Problem($"metadata.annotations[{PolicyPrecedence.WeightAnnotation}]", problem);
        return new JudgedPolicy<T>(policy, [.. findings.Problems], [.. findings.Dependencies]);
    }

    private void AddTargets(T policy, ResourceSnapshot snapshot, HashSet<PolicyTarget> targets)
    {
        foreach (var reference in policy.TargetRefs)
            targets.Add(PolicyIndex<T>.TargetOf(policy, reference));
        foreach (var selector in policy.TargetSelectors)
        {
            foreach (var target in PolicyTargets.Of(snapshot, selector.Group, selector.Kind))
            {
                if (Index.Selects(policy, selector, target))
                    targets.Add(PolicyTarget.Of(target));
            }
        }
    }
}
