using System.Collections.Immutable;
using Sluice.Resources;

namespace Sluice.Translation.Changes;

/// <summary>Finds what differs between two versions of a persistent dictionary, by the identity of the values.</summary>
internal static class KeyChanges
{
    private static readonly HashSet<NamespacedName> None = [];

    /// <summary>Keys that were added, removed or got another instance. The set is not to be changed.</summary>
    /// <param name="before">The older one.</param>
    /// <param name="after">The newer one.</param>
    /// <param name="known">Which keys to look at, should these two be among them; all others are compared whole.</param>
    public static IReadOnlySet<NamespacedName> Between<T>(
        ImmutableDictionary<NamespacedName, T> before,
        ImmutableDictionary<NamespacedName, T> after,
        IReadOnlyList<DictionaryChange> known)
        where T : class
    {
        if (ReferenceEquals(before, after))
            return None;
        var changed = new HashSet<NamespacedName>();
        foreach (var change in known)
        {
            if (change.Between(before, after) is not { } keys)
                continue;
            changed.UnionWith(keys.Where(key => !ReferenceEquals(before.GetValueOrDefault(key), after.GetValueOrDefault(key))));
            return changed;
        }
        if (before.Count == after.Count && InStep(before, after, changed))
            return changed;

        changed.Clear();
        foreach (var (key, value) in after)
        {
            if (!before.TryGetValue(key, out var old) || !ReferenceEquals(old, value))
                changed.Add(key);
        }
        foreach (var (key, _) in before)
        {
            if (!after.ContainsKey(key))
                changed.Add(key);
        }
        return changed;
    }

    // With equal key sets both enumerate in the same order, which spares a look-up per key. Nothing relies on that: keys that
    // differ send the caller to the look-ups.
    private static bool InStep<T>(
        ImmutableDictionary<NamespacedName, T> before,
        ImmutableDictionary<NamespacedName, T> after,
        HashSet<NamespacedName> changed)
        where T : class
    {
        using var old = before.GetEnumerator();
        foreach (var (key, value) in after)
        {
            if (!old.MoveNext() || old.Current.Key != key)
                return false;
            if (!ReferenceEquals(old.Current.Value, value))
                changed.Add(key);
        }
        return true;
    }
}
