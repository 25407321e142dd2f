using System.Text;
using System.Text.Json.Nodes;
using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Infrastructure;
using Sluice.Kubernetes.Watching;
using Sluice.Resources;
using Sluice.Resources.Infrastructure;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>The objects in the cluster that were made for Gateways, followed by their label. Thread-safe.</summary>
internal sealed class OwnedObjects
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Namespace, string Gateway), Dictionary<(string Kind, string Name), OwnedObject>> _objects = [];

    /// <summary>The Gateway that each object stands under.</summary>
    private readonly Dictionary<(string Kind, NamespacedName Name), string> _places = [];
    private readonly WatchCache<OwnedObject>[] _watches;

    /// <param name="client">Asks.</param>
    /// <param name="kinds">Of the objects; those that are not installed have none.</param>
    /// <param name="onStatus">Called when it stands differently with a watch. Must not throw.</param>
    /// <param name="clock">For pauses.</param>
    public OwnedObjects(KubernetesClient client, IReadOnlyList<ApiResource> kinds, Action<WatchStatus> onStatus, TimeProvider clock) =>
        _watches = [.. kinds.Select(kind => new WatchCache<OwnedObject>(client, kind, (json, _) => Read(kind.Kind, json), new Sink(this, kind.Kind), new WatchCacheOptions
        {
            Scope = new ResourceScope(LabelSelector: $"{ProxyLabels.ManagedBy}={ProxyLabels.Manager}"),
            OnStatus = onStatus,
            Clock = clock,
        }))];

    /// <summary>Called, on any thread, with the namespace and label of a Gateway whose objects have changed.</summary>
    public Action<string, string>? Changed { get; set; }

    /// <summary>Completes when all are known.</summary>
    public Task HasSynced => Task.WhenAll(_watches.Select(watch => watch.HasSynced));

    /// <summary>Follows until cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(_watches.Select(watch => watch.RunAsync(cancellation)));

    /// <summary>The Gateways that there are objects for, by namespace and label.</summary>
    public IReadOnlyList<(string Namespace, string Gateway)> Gateways
    {
        get
        {
            lock (_lock)
                return [.. _objects.Keys];
        }
    }

    public IReadOnlyList<JsonObject> Of(string ns, string gateway)
    {
        lock (_lock)
            return _objects.TryGetValue((ns, gateway), out var objects) ? [.. objects.Values.Select(value => JsonNode.Parse(value.Json)!.AsObject())] : [];
    }

    public JsonObject? Find(string ns, string gateway, string kind, string name)
    {
        lock (_lock)
            return _objects.TryGetValue((ns, gateway), out var objects) && objects.TryGetValue((kind, name), out var found) ? JsonNode.Parse(found.Json)!.AsObject() : null;
    }

    private static OwnedObject? Read(string kind, ReadOnlyMemory<byte> json)
    {
        var body = JsonNode.Parse(json.Span)!.AsObject();
        var metadata = body["metadata"]!.AsObject();
        metadata.Remove("managedFields");
        return ConditionMerge.Text(metadata["labels"], GatewayLabels.GatewayName) is { } gateway
            ? new OwnedObject(kind, gateway, Encoding.UTF8.GetBytes(body.ToJsonString()))
            : null;
    }

    private void Set(NamespacedName name, OwnedObject value)
    {
        string? before;
        lock (_lock)
        {
            // One whose label was changed is not the other Gateway's any more.
            before = _places.GetValueOrDefault((value.Kind, name));
            if (before is not null && before != value.Gateway)
                Take(value.Kind, name, before);
            if (!_objects.TryGetValue((name.Namespace, value.Gateway), out var objects))
                _objects.Add((name.Namespace, value.Gateway), objects = []);
            objects[(value.Kind, name.Name)] = value;
            _places[(value.Kind, name)] = value.Gateway;
        }
        if (before is not null && before != value.Gateway)
            Changed?.Invoke(name.Namespace, before);
        Changed?.Invoke(name.Namespace, value.Gateway);
    }

    private void Remove(string kind, NamespacedName name)
    {
        string? gateway;
        lock (_lock)
        {
            if (!_places.Remove((kind, name), out gateway))
                return;
            Take(kind, name, gateway);
        }
        Changed?.Invoke(name.Namespace, gateway);
    }

    private void Take(string kind, NamespacedName name, string gateway)
    {
        var objects = _objects[(name.Namespace, gateway)];
        objects.Remove((kind, name.Name));
        if (objects.Count == 0)
            _objects.Remove((name.Namespace, gateway));
    }

    private sealed class Sink(OwnedObjects owner, string kind) : IWatchSink<OwnedObject>
    {
        public void Relisted(WatchDiff<OwnedObject> diff)
        {
            foreach (var (name, value) in diff.Set)
                owner.Set(name, value);
            foreach (var name in diff.Removed)
                owner.Remove(kind, name);
        }

        public void Set(NamespacedName name, OwnedObject value) => owner.Set(name, value);

        public void Remove(NamespacedName name) => owner.Remove(kind, name);
    }
}
