using Sluice.Resources;

namespace Sluice.Controller.Clustered;

/// <summary>
/// The Secrets and ConfigMaps that somebody refers to, with what is known of each. An object counts only once everything that it
/// refers to is known, so that nothing is reported missing that is merely not read yet. Not thread-safe.
/// </summary>
internal sealed class ReferenceBook
{
    private readonly Dictionary<(string Kind, NamespacedName Key), Target> _targets = [];
    private readonly Dictionary<(string Kind, NamespacedName Key), IReadOnlyList<(string Kind, NamespacedName Key)>> _inForce = [];
    private readonly Dictionary<(string Kind, NamespacedName Key), IReadOnlyList<(string Kind, NamespacedName Key)>> _awaited = [];
    private readonly HashSet<(string Kind, NamespacedName Key)> _abandoned = [];

    /// <summary>Whether somebody refers to it.</summary>
    public bool Contains(string kind, NamespacedName key) => _targets.ContainsKey((kind, key));

    /// <summary>All that is referred to and not known.</summary>
    public IReadOnlyList<(string Kind, NamespacedName Key)> Unknown => [.. _targets.Where(target => !target.Value.IsKnown).Select(target => target.Key)];

    /// <summary>Notes what an owner refers to; it keeps what it referred to before until <see cref="Commit"/>.</summary>
    /// <returns>What is not known of it.</returns>
    public IReadOnlyList<(string Kind, NamespacedName Key)> Await((string Kind, NamespacedName Key) owner, IReadOnlyList<(string Kind, NamespacedName Key)> references)
    {
        foreach (var reference in references)
        {
            if (!_targets.TryGetValue(reference, out var target))
                _targets.Add(reference, target = new Target());
            target.Users++;
        }
        _awaited.Remove(owner, out var before);
        Release(before);
        if (references.Count > 0)
            _awaited[owner] = references;
        return [.. references.Where(reference => !_targets[reference].IsKnown)];
    }

    /// <summary>The owner counts now with what it was last said to refer to.</summary>
    public void Commit((string Kind, NamespacedName Key) owner)
    {
        _inForce.Remove(owner, out var before);
        if (_awaited.Remove(owner, out var now))
            _inForce[owner] = now;
        Release(before);
    }

    /// <summary>The owner is gone.</summary>
    public void Remove((string Kind, NamespacedName Key) owner)
    {
        _awaited.Remove(owner, out var awaited);
        _inForce.Remove(owner, out var inForce);
        Release(awaited);
        Release(inForce);
    }

    /// <summary>Owners that wait for this one.</summary>
    public IReadOnlyList<(string Kind, NamespacedName Key)> Waiting((string Kind, NamespacedName Key) reference) =>
        [.. _awaited.Where(owner => owner.Value.Contains(reference)).Select(owner => owner.Key)];

    /// <summary>The object is this one, or is not there (null). Says whether anybody refers to it.</summary>
    public bool Set((string Kind, NamespacedName Key) reference, ClusterObject? value)
    {
        if (!_targets.TryGetValue(reference, out var target))
            return false;
        if (!ReferenceEquals(target.Object, value))
            target.Object?.LetGo();
        target.Object = value;
        target.IsKnown = true;
        return true;
    }

    public bool IsKnown((string Kind, NamespacedName Key) reference) => _targets.TryGetValue(reference, out var target) && target.IsKnown;

    /// <summary>What lost its last user since the last call.</summary>
    public IReadOnlyList<(string Kind, NamespacedName Key)> TakeAbandoned()
    {
        (string Kind, NamespacedName Key)[] abandoned = [.. _abandoned.Where(reference => !_targets.ContainsKey(reference))];
        _abandoned.Clear();
        return abandoned;
    }

    private void Release(IReadOnlyList<(string Kind, NamespacedName Key)>? references)
    {
        foreach (var reference in references ?? [])
        {
            var target = _targets[reference];
            if (--target.Users > 0)
                continue;
            target.Object?.LetGo();
            _targets.Remove(reference);
            _abandoned.Add(reference);
        }
    }

    private sealed class Target
    {
        public int Users { get; set; }

        /// <summary>Whether the API server has been asked.</summary>
        public bool IsKnown { get; set; }

        public ClusterObject? Object { get; set; }
    }
}
