using Sluice.Resources;

namespace Sluice.Kubernetes.Watching;

/// <summary>What a list brought.</summary>
/// <param name="Set">New and changed objects, in the order of the list.</param>
/// <param name="Removed">Objects that are gone, or of no use any more.</param>
public sealed record WatchDiff<T>(IReadOnlyList<KeyValuePair<NamespacedName, T>> Set, IReadOnlyList<NamespacedName> Removed)
    where T : class;
