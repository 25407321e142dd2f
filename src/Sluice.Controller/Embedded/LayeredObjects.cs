using Sluice.ApiServer;
using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Embedded;

/// <summary>
/// The objects of the files and those of the API together. Where both have one, that of the API is in force, but for the namespaces
/// that the API has from the beginning. What did not change stays the same instance. Not thread-safe.
/// </summary>
internal sealed class LayeredObjects
{
    private readonly Dictionary<(string Kind, NamespacedName Key), KubernetesObject> _api = [];
    private readonly HashSet<(string Kind, NamespacedName Key)> _hidden = [];
    private ResourceSnapshot _files = ResourceSnapshot.Empty;
    private ResourceSnapshot _merged = ResourceSnapshot.Empty;

    /// <summary>Objects of the API that somebody has made there.</summary>
    public int Count => _api.Keys.Count(place => !IsSeed(place));

    public ResourceSnapshot Merge(ResourceSnapshot files, IReadOnlyCollection<ApiChange> changes)
    {
        if (_api.Count == 0 && changes.Count == 0)
            return _merged = _files = files;
        var touched = new HashSet<(string Kind, NamespacedName Key)>();
        foreach (var (before, after) in SnapshotComparison.Of(_files, files))
            touched.Add(((after ?? before)!.Kind, (after ?? before)!.Key));
        foreach (var change in changes)
        {
            touched.Add((change.Kind, change.Key));
            if (change.Value is null)
                _api.Remove((change.Kind, change.Key));
            else
                _api[(change.Kind, change.Key)] = change.Value;
        }
        _files = files;
        var ofFiles = new ResourceSnapshotBuilder(files);
        var merged = new ResourceSnapshotBuilder(_merged);
        foreach (var place in touched)
            Set(merged, place, ofFiles.Find(place.Kind, place.Key), _api.GetValueOrDefault(place));
        return _merged = merged.ToSnapshot();
    }

    /// <summary>Says of which objects in files those of the API are in force instead.</summary>
    public IEnumerable<ManifestDiagnostic> Diagnostics()
    {
        if (_hidden.Count == 0)
            yield break;
        var files = new ResourceSnapshotBuilder(_files);
        foreach (var (kind, key) in _hidden.OrderBy(place => place.Kind, StringComparer.Ordinal).ThenBy(place => place.Key.ToString(), StringComparer.Ordinal))
        {
            if (files.Find(kind, key)?.Source is { } source)
            {
                yield return new ManifestDiagnostic(ManifestSeverity.Error, source.File, source.Line, 1, "was made by the Kubernetes API too, and that one is in force: delete it there (kubectl delete), or take it out here")
                {
                    Kind = kind,
                    Object = key.ToString(),
                };
            }
        }
    }

    private void Set(ResourceSnapshotBuilder merged, (string Kind, NamespacedName Key) place, KubernetesObject? ofFile, KubernetesObject? ofApi)
    {
        _hidden.Remove(place);
        if (ofFile is not null && ofApi is not null && !IsSeed(place))
            _hidden.Add(place);
        if ((IsSeed(place) ? ofFile ?? ofApi : ofApi ?? ofFile) is { } value)
            merged.Set(value);
        else
            merged.Remove(place.Kind, place.Key);
    }

    private static bool IsSeed((string Kind, NamespacedName Key) place) => place.Kind == "Namespace" && KubernetesApi.IsLastingNamespace(place.Key.Name);
}
