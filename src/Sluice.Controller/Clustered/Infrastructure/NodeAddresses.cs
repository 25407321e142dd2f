using System.Text.Json.Nodes;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Infrastructure;
using Sluice.Kubernetes.Watching;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>The addresses of the cluster's nodes, for Gateways whose Service is of the type NodePort. Of a node nothing else is kept.</summary>
internal sealed class NodeAddresses : IWatchSink<string>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<NamespacedName, string> _nodes = [];
    private readonly WatchCache<string> _watch;
    private readonly Action _changed;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IReadOnlyList<GatewayAddress> _addresses = [];

    /// <param name="client">Asks.</param>
    /// <param name="changed">Called, on any thread, when an address has come or gone.</param>
    /// <param name="onStatus">Called when it stands differently with the watch.</param>
    /// <param name="clock">For pauses.</param>
    public NodeAddresses(KubernetesClient client, Action changed, Action<WatchStatus> onStatus, TimeProvider clock)
    {
        _changed = changed;
        _watch = new WatchCache<string>(client, ApiResources.Nodes, Read, this, new WatchCacheOptions { OnStatus = Tell, Clock = clock });

        void Tell(WatchStatus status)
        {
            onStatus(status);
            if (status.State == WatchState.Denied)
                _synced.TrySetResult();
        }
    }

    /// <summary>Completes when the nodes are known, or that they may not be read.</summary>
    public Task HasSynced => _synced.Task;

    public IReadOnlyList<GatewayAddress> Current => _addresses;

    public Task RunAsync(CancellationToken cancellation) => _watch.RunAsync(cancellation);

    public void Relisted(WatchDiff<string> diff)
    {
        lock (_lock)
        {
            foreach (var (name, node) in diff.Set)
                _nodes[name] = node;
            foreach (var name in diff.Removed)
                _nodes.Remove(name);
        }
        Update();
        _synced.TrySetResult();
    }

    public void Set(NamespacedName name, string value)
    {
        lock (_lock)
            _nodes[name] = value;
        Update();
    }

    public void Remove(NamespacedName name)
    {
        lock (_lock)
            _nodes.Remove(name);
        Update();
    }

    // Nodes report every few seconds; addresses and readiness hardly ever change.
    private static string? Read(ReadOnlyMemory<byte> json, string? previous)
    {
        var status = JsonNode.Parse(json.Span)!["status"];
        var ready = (status?["conditions"] as JsonArray)?.FirstOrDefault(condition => (string?)condition?["type"] == "Ready");
        var node = new JsonObject
        {
            ["status"] = new JsonObject
            {
                ["addresses"] = status?["addresses"]?.DeepClone(),
                ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = ready?["status"]?.DeepClone() }),
            },
        }.ToJsonString();
        return node == previous ? previous : node;
    }

    private void Update()
    {
        lock (_lock)
        {
            var addresses = ServiceAddresses.OfNodes(_nodes.Values.Select(node => JsonNode.Parse(node)!.AsObject()));
            if (addresses.SequenceEqual(_addresses))
                return;
            _addresses = addresses;
        }
        _changed();
    }
}
