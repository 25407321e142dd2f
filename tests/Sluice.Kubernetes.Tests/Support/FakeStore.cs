using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.Kubernetes.Client;

namespace Sluice.Kubernetes.Tests.Support;

/// <summary>Objects with resourceVersions, their history, and who watches. Collections are named by their path without a namespace.</summary>
public sealed class FakeStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, JsonObject> _objects = new(StringComparer.Ordinal);
    private readonly List<FakeChange> _history = [];
    private readonly List<FakeWatcher> _watchers = [];
    private long _version = 100;
    private long _compactedTo;

    public long Version
    {
        get
        {
            lock (_lock)
                return _version;
        }
    }

    public static string CollectionOf(ApiResource resource) => resource.Group.Length == 0 ? $"/api/{resource.Version}/{resource.Plural}" : $"/apis/{resource.Group}/{resource.Version}/{resource.Plural}";

    public JsonObject? Find(string collection, string? ns, string name)
    {
        lock (_lock)
            return _objects.TryGetValue(Key(collection, ns, name), out var found) ? (JsonObject)found.DeepClone() : null;
    }

    /// <summary>Makes or replaces an object; the value is in its "data".</summary>
    public long Put(ApiResource resource, string? ns, string name, string value) =>
        Write(CollectionOf(resource), ns, new JsonObject
        {
            ["apiVersion"] = resource.ApiVersion,
            ["kind"] = resource.Kind,
            ["metadata"] = Metadata(ns, name),
            ["data"] = new JsonObject { ["value"] = value },
        });

    /// <summary>Stores the object with the next resourceVersion and tells everyone.</summary>
    public long Write(string collection, string? ns, JsonObject value)
    {
        lock (_lock)
        {
            var metadata = value["metadata"]!.AsObject();
            var key = Key(collection, ns, (string)metadata["name"]!);
            var isNew = !_objects.TryGetValue(key, out var known);
            metadata["resourceVersion"] = Text(++_version);
            metadata["uid"] = isNew ? "uid-" + Text(_version) : (string)known!["metadata"]!["uid"]!;
            _objects[key] = (JsonObject)value.DeepClone();
            Tell(isNew ? "ADDED" : "MODIFIED", collection, ns, value);
            return _version;
        }
    }

    public void Delete(ApiResource resource, string? ns, string name) => Delete(CollectionOf(resource), ns, name);

    public void Delete(string collection, string? ns, string name)
    {
        lock (_lock)
        {
            _objects.Remove(Key(collection, ns, name), out var value);
            value!["metadata"]!["resourceVersion"] = Text(++_version);
            Tell("DELETED", collection, ns, value);
        }
    }

    /// <summary>Forgets the history: nobody can resume from before.</summary>
    public void Compact()
    {
        lock (_lock)
        {
            _compactedTo = ++_version;
            _history.Clear();
        }
    }

    /// <summary>The objects and the version they show.</summary>
    public (IReadOnlyList<JsonObject> Items, long Version) List(string collection, string? ns)
    {
        lock (_lock)
        {
            var prefix = Key(collection, ns, "");
            return ([.. _objects.Where(entry => entry.Key.StartsWith(ns is null ? collection + "|" : prefix, StringComparison.Ordinal)).Select(entry => (JsonObject)entry.Value.DeepClone())], _version);
        }
    }

    /// <summary>Begins a watch; null when the version is too old.</summary>
    public FakeWatcher? Watch(string collection, string? ns, long from)
    {
        lock (_lock)
        {
            if (from < _compactedTo)
                return null;
            var watcher = new FakeWatcher(collection, ns);
            foreach (var change in _history.Where(change => change.Version > from && watcher.Wants(change)))
                watcher.Send(change.Line);
            _watchers.Add(watcher);
            return watcher;
        }
    }

    public void Forget(FakeWatcher watcher)
    {
        lock (_lock)
            _watchers.Remove(watcher);
    }

    /// <summary>The open watches of a kind.</summary>
    public IReadOnlyList<FakeWatcher> Watchers(ApiResource resource)
    {
        lock (_lock)
            return [.. _watchers.Where(watcher => watcher.Is(CollectionOf(resource)))];
    }

    public string Bookmark(ApiResource resource) =>
        new FakeChange(Version, "BOOKMARK", "", null, $$$"""{"kind":"{{{resource.Kind}}}","apiVersion":"{{{resource.ApiVersion}}}","metadata":{"resourceVersion":"{{{Version}}}"}}""").Line;

    private void Tell(string type, string collection, string? ns, JsonObject value)
    {
        var change = new FakeChange(_version, type, collection, ns, value.ToJsonString());
        _history.Add(change);
        foreach (var watcher in _watchers.Where(watcher => watcher.Wants(change)))
            watcher.Send(change.Line);
    }

    private static JsonObject Metadata(string? ns, string name) => ns is null ? new JsonObject { ["name"] = name } : new JsonObject { ["name"] = name, ["namespace"] = ns };

    private static string Key(string collection, string? ns, string name) => $"{collection}|{ns}|{name}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
