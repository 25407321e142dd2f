using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.Kgateway;
using Sluice.Translation.Changes;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Policies;

/// <summary>The objects of one kind that stand for themselves (Backend, GatewayExtension), with their statuses, kept from snapshot to snapshot.</summary>
/// <param name="check">Reports what is wrong with one. False: it cannot be used at all.</param>
internal sealed class ObjectBook<T>(Func<T, IPolicySurroundings, bool> check)
    where T : KubernetesObject
{
    private const int Shown = 8;
    private readonly Dictionary<NamespacedName, CompiledObject> _objects = [];
    private readonly DependencyIndex _dependencies = new();

    public ImmutableDictionary<NamespacedName, ObjectStatus> Statuses { get; private set; } = ImmutableDictionary<NamespacedName, ObjectStatus>.Empty;

    /// <summary>Whether there is such an object, and it can be used, if only in part.</summary>
    public bool IsUsable(NamespacedName key) => _objects.TryGetValue(key, out var found) && found.IsUsable;

    /// <summary>Takes over a snapshot. Returns those that were judged anew, or are gone.</summary>
    /// <param name="objects">As they are now.</param>
    /// <param name="changed">Those that came, went or changed.</param>
    /// <param name="world">What they are judged in.</param>
    /// <param name="changes">What else changed.</param>
    /// <param name="retargeted">The Services whose BackendTLSPolicies changed.</param>
    public IReadOnlySet<NamespacedName> Update(
        IReadOnlyDictionary<NamespacedName, T> objects,
        IReadOnlySet<NamespacedName> changed,
        PolicyWorld world,
        SnapshotChanges changes,
        IReadOnlySet<NamespacedName> retargeted)
    {
        var due = new HashSet<NamespacedName>(changed);
        _dependencies.AddUsers(changes, retargeted, due);
        if (due.Count == 0)
            return due;
        var statuses = Statuses.ToBuilder();
        foreach (var key in due)
        {
            if (_objects.Remove(key, out var old))
                _dependencies.Remove(key, old.Dependencies);
            if (!objects.TryGetValue(key, out var current))
            {
                statuses.Remove(key);
                continue;
            }
            var compiled = Compile(current, world);
            _objects.Add(key, compiled);
            _dependencies.Add(key, compiled.Dependencies);
            if (old is null || !old.Status.Conditions.SequenceEqual(compiled.Status.Conditions))
                statuses[key] = compiled.Status;
        }
        Statuses = statuses.ToImmutable();
        return due;
    }

    private CompiledObject Compile(T source, PolicyWorld world)
    {
        var findings = new PolicyFindings();
        var isUsable = check(source, new PolicySurroundings(world, source, findings));
        var problems = findings.Problems;
        var message = string.Join("; ", problems.Take(Shown)) + (problems.Count > Shown ? $"; and {problems.Count - Shown} more" : "");
        var generation = source.Metadata.Generation;
        var accepted = problems.Count == 0
            ? new Condition(ConditionType.Accepted, true, Reason.Accepted, "", generation)
            : new Condition(ConditionType.Accepted, false, isUsable ? Reason.PartiallyValid : Reason.Invalid, message, generation);
        return new CompiledObject(source, [.. findings.Dependencies], isUsable, new ObjectStatus([accepted]));
    }
}
