using System.Text.Json.Nodes;
using Sluice.ApiServer;
using Sluice.ApiServer.Files;
using Sluice.ApiServer.Kinds;
using Sluice.Controller.Files;
using Sluice.Resources;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Embedded;

/// <summary>Has the API show the objects of the files that are in force. Reads only files in which something has changed. Not thread-safe.</summary>
internal sealed class ShownFiles(KubernetesApi api)
{
    /// <summary>Files whose objects are in memory as JSON at a time.</summary>
    private const int FilesAtATime = 200;

    private ResourceSnapshot _shown = ResourceSnapshot.Empty;

    /// <param name="update">What the files hold.</param>
    /// <param name="changes">Of the API's own objects: where there is none any more, that of a file may be shown.</param>
    public void Show(SourceUpdate update, IReadOnlyCollection<ApiChange> changes)
    {
        var files = ChangedFiles(update.Snapshot, changes);
        _shown = update.Snapshot;
        if (files.Count == 0)
            return;
        var objects = SnapshotComparison.Of(ResourceSnapshot.Empty, update.Snapshot)
            .Select(change => change.After!)
            .Where(value => value.Source is { } source && files.Contains(source.File))
            .ToLookup(value => value.Source!.File, StringComparer.Ordinal);
        var kept = update.Kept.ToHashSet();

        // Those that the objects of others may have moved to come last, so that these are never gone.
        foreach (var some in files.OrderBy(file => objects[file].Any() ? 0 : 1).Chunk(FilesAtATime))
            api.SetFileObjects(some.ToHashSet(StringComparer.Ordinal), some.SelectMany(file => Read(file, objects[file], kept)));
    }

    private HashSet<string> ChangedFiles(ResourceSnapshot snapshot, IReadOnlyCollection<ApiChange> changes)
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (before, after) in SnapshotComparison.Of(_shown, snapshot))
        {
            Add(before);
            Add(after);
        }
        var present = new ResourceSnapshotBuilder(snapshot);
        foreach (var change in changes)
        {
            if (change.Value is null)
                Add(present.Find(change.Kind, change.Key));
        }
        return files;

        void Add(KubernetesObject? value)
        {
            if (value?.Source is { } source)
                files.Add(source.File);
        }
    }

    /// <summary>
    /// The objects of a file that are in force. Of those whose last good version is in force while the file has something else, what is
    /// shown already stays.
    /// </summary>
    private static IEnumerable<FileObject> Read(string file, IEnumerable<KubernetesObject> inForce, HashSet<ManifestObjectName> kept)
    {
        var wanted = inForce.ToDictionary(value => (value.Kind, value.Key));
        foreach (var json in ReadJson(file))
        {
            if (NameOf(json) is not { } name || !wanted.Remove(name, out var value))
                continue;
            yield return new FileObject(file, value.Source!.Line, json)
            {
                IsOutdated = kept.Contains(new ManifestObjectName(value.Kind, value.Key)),
                Generation = value.Metadata.Generation,
                Created = value.Metadata.CreationTimestamp,
            };
        }
        foreach (var value in wanted.Values)
            yield return new FileObject(file, value.Source!.Line, Name(value)) { IsOutdated = true };
    }

    private static IEnumerable<JsonObject> ReadJson(string file)
    {
        try
        {
            return ManifestJson.Read(file, File.ReadAllBytes(file)).Select(item => item.Value);
        }
        catch (Exception error) when (error is ManifestJsonException or IOException or UnauthorizedAccessException)
        {
            // What is wrong with it is told by whoever reads it for serving.
            return [];
        }
    }

    private static (string Kind, NamespacedName Key)? NameOf(JsonObject json)
    {
        if (Text(json, "kind") is not { } kindName || Text(json, "apiVersion") is not { } apiVersion || KindCatalog.Default.FindByApiVersion(apiVersion, kindName) is not { } kind)
            return null;
        if (json["metadata"] is not JsonObject metadata || Text(metadata, "name") is not { } name)
            return null;
        return (kindName, new NamespacedName(!kind.IsNamespaced ? "" : Text(metadata, "namespace") is { Length: > 0 } given ? given : "default", name));
    }

    private static JsonObject Name(KubernetesObject value)
    {
        var kind = EmbeddedKinds.Of(value.Kind);
        return new JsonObject
        {
            ["apiVersion"] = kind.ApiVersion(kind.StorageVersion),
            ["kind"] = kind.Kind,
            ["metadata"] = new JsonObject { ["name"] = value.Key.Name, ["namespace"] = value.Key.Namespace },
        };
    }

    private static string? Text(JsonObject json, string field) => json[field] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
