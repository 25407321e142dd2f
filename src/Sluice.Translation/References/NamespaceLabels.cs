using System.Collections.Immutable;
using Sluice.Resources;
using Sluice.Resources.Core;

namespace Sluice.Translation.References;

/// <summary>
/// Labels of namespaces for selectors. Every namespace carries kubernetes.io/metadata.name, which the API server sets: also
/// one that no manifest describes.
/// </summary>
internal sealed class NamespaceLabels(ImmutableDictionary<NamespacedName, Namespace> namespaces)
{
    private const string NameLabel = "kubernetes.io/metadata.name";
    private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _cache = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Of(string name)
    {
        if (_cache.TryGetValue(name, out var labels))
            return labels;
        var given = namespaces.TryGetValue(new NamespacedName("", name), out var found) ? found.Metadata.Labels : ObjectMeta.EmptyMap;
        labels = new Dictionary<string, string>(given) { [NameLabel] = name };
        _cache.Add(name, labels);
        return labels;
    }
}
