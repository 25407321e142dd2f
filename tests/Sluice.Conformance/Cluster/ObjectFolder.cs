using System.Globalization;
using System.Text.Json.Nodes;

namespace Sluice.Conformance.Cluster;

/// <summary>
/// The API server's part: objects by their keys, each in a file of its own in the folder that the command follows. Files
/// appear and change by renaming, so that no half-written one is ever seen.
/// </summary>
internal sealed class ObjectFolder
{
    private readonly string _path;
    private readonly Dictionary<ObjectKey, (JsonObject Document, string File)> _objects = [];
    private readonly Lock _lock = new();
    private int _files;

    public ObjectFolder(string path)
    {
        _path = path;
        Directory.CreateDirectory(path);
    }

    public string Path => _path;

    /// <summary>Creates the object, or replaces one of the same key.</summary>
    public void Apply(JsonObject document)
    {
        var key = ObjectKey.Of(document);
        Complete(document);
        lock (_lock)
        {
            var file = _objects.TryGetValue(key, out var known) ? known.File : $"{key.Kind.ToLowerInvariant()}-{++_files}.json";
            _objects[key] = (document, file);
            Write(file, document);
        }
    }

    public void Patch(ObjectKey key, JsonObject patch)
    {
        lock (_lock)
        {
            var (document, file) = _objects[key];
            MergePatch.Apply(document, patch);
            Write(file, document);
        }
    }

    /// <returns>False when there is no such object.</returns>
    public bool Delete(ObjectKey key)
    {
        lock (_lock)
        {
            if (!_objects.Remove(key, out var known))
                return false;
            File.Delete(System.IO.Path.Combine(_path, known.File));
            return true;
        }
    }

    /// <summary>A copy of the object; null when there is none.</summary>
    public JsonObject? Find(ObjectKey key)
    {
        lock (_lock)
            return _objects.TryGetValue(key, out var known) ? (JsonObject)known.Document.DeepClone() : null;
    }

    public IReadOnlyList<JsonObject> All(string kind)
    {
        lock (_lock)
            return [.. _objects.Where(pair => pair.Key.Kind == kind).Select(pair => (JsonObject)pair.Value.Document.DeepClone())];
    }

    /// <summary>What an API server adds to a new object.</summary>
    private static void Complete(JsonObject document)
    {
        var metadata = document["metadata"]!.AsObject();
        metadata["creationTimestamp"] ??= DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        if (document["kind"]!.GetValue<string>() != "Namespace")
            return;
        if (metadata["labels"] is not JsonObject labels)
            metadata["labels"] = labels = [];
        labels["kubernetes.io/metadata.name"] = metadata["name"]!.GetValue<string>();
    }

    private void Write(string file, JsonObject document)
    {
        var temporary = System.IO.Path.Combine(_path, $".{file}");
        File.WriteAllText(temporary, document.ToJsonString());
        File.Move(temporary, System.IO.Path.Combine(_path, file), overwrite: true);
    }
}
