using Sluice.Resources;

namespace Sluice.Controller.Clustered;

/// <summary>All objects of one kind, also those that are nothing to us, and which of them are to be looked at again.</summary>
internal sealed class KindTable(string kind)
{
    public string Kind { get; } = kind;

    public Dictionary<NamespacedName, ClusterObject> Objects { get; } = [];

    /// <summary>Changed, or concerned by a change of another object.</summary>
    public HashSet<NamespacedName> Touched { get; } = [];

    public T? Find<T>(NamespacedName key)
        where T : KubernetesObject => Objects.TryGetValue(key, out var found) ? found.Value as T : null;

    public IReadOnlyList<NamespacedName> TakeTouched()
    {
        if (Touched.Count == 0)
            return [];
        NamespacedName[] touched = [.. Touched];
        Touched.Clear();
        return touched;
    }
}
