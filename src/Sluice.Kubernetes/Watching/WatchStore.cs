using System.Text.Json;
using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Kubernetes.Watching;

/// <summary>The objects of one kind as they were seen last, and who is told of changes.</summary>
internal sealed class WatchStore<T>(ApiResource resource, WatchConverter<T> convert, IWatchSink<T> sink, Action<ApiResource, string>? onProblem)
    where T : class
{
    private Dictionary<NamespacedName, WatchedObject<T>> _objects = [];

    public int Count => _objects.Count;

    /// <summary>Takes a list; nobody is told before it is whole.</summary>
    public WatchListing<T> Listing() => new(this);

    /// <summary>What is made of an object: an old instance where its version, or what matters of it, is the same.</summary>
    /// <exception cref="JsonException">The object has no name or resourceVersion.</exception>
    public (NamespacedName Name, WatchedObject<T> Object) Read(ReadOnlyMemory<byte> json)
    {
        var head = ObjectHead.Read(json.Span);
        if (_objects.TryGetValue(head.Name, out var known) && known.ResourceVersion == head.ResourceVersion)
            return (head.Name, known);
        return (head.Name, new WatchedObject<T>(head.ResourceVersion, Convert(head, json, known.Value)));
    }

    /// <summary>ADDED or MODIFIED. Gives the resourceVersion.</summary>
    public string Set(ReadOnlyMemory<byte> json)
    {
        var (name, value) = Read(json);
        var previous = _objects.GetValueOrDefault(name).Value;
        _objects[name] = value;
        if (ReferenceEquals(previous, value.Value))
            return value.ResourceVersion;
        if (value.Value is { } current)
            sink.Set(name, current);
        else
            sink.Remove(name);
        return value.ResourceVersion;
    }

    /// <summary>DELETED. Gives the resourceVersion.</summary>
    public string Remove(ReadOnlyMemory<byte> json)
    {
        var head = ObjectHead.Read(json.Span);
        if (_objects.Remove(head.Name, out var known) && known.Value is not null)
            sink.Remove(head.Name);
        return head.ResourceVersion;
    }

    /// <summary>These are all objects there are.</summary>
    /// <param name="objects">By name.</param>
    /// <param name="order">Their names in the order of the list.</param>
    public void Replace(Dictionary<NamespacedName, WatchedObject<T>> objects, IReadOnlyList<NamespacedName> order)
    {
        var set = new List<KeyValuePair<NamespacedName, T>>();
        var removed = new List<NamespacedName>();
        foreach (var name in order)
        {
            var previous = _objects.GetValueOrDefault(name).Value;
            var current = objects[name].Value;
            if (ReferenceEquals(previous, current))
                continue;
            if (current is null)
                removed.Add(name);
            else
                set.Add(new(name, current));
        }

        removed.AddRange(_objects.Where(known => known.Value.Value is not null && !objects.ContainsKey(known.Key)).Select(known => known.Key));
        _objects = objects;
        sink.Relisted(new WatchDiff<T>(set, removed));
    }

    private T? Convert(ObjectHead head, ReadOnlyMemory<byte> json, T? previous)
    {
        try
        {
            return convert(json, previous);
        }
        catch (Exception error)
        {
            onProblem?.Invoke(resource, $"{resource.Kind} {head.Name} cannot be read: {error.Message}");
            return previous;
        }
    }
}
