using System.Net;
using System.Text.Json.Nodes;
using Sluice.Conformance.Cluster;

namespace Sluice.Conformance;

/// <content>What a cluster does with objects: pods run, endpoints follow, deleted objects leave.</content>
internal sealed partial class Rig
{
    private const int DnsPort = 53;

    /// <summary>Creates the objects in their order, without waiting for any of them, then starts their pods.</summary>
    public async Task ApplyAsync(IReadOnlyList<JsonObject> documents, CancellationToken cancellation)
    {
        var pods = new List<Pod>();
        foreach (var document in documents)
        {
            Objects.Apply(document);
            Generations.Created(ObjectKey.Of(document));
            if (ObjectKey.Of(document).Kind == "Deployment")
            {
                lock (_lock)
                    pods.AddRange(Deployments.Pods(document, _network));
            }
        }
        if (pods.Count > 0)
            await StartAsync(pods, cancellation);
        foreach (var service in documents.Where(document => ObjectKey.Of(document).Kind == "Service"))
        {
            if (EndpointSlices.For(service, Pods(), _network) is { } slice)
                Objects.Apply(slice);
        }
    }

    private async Task StartAsync(IReadOnlyList<Pod> pods, CancellationToken cancellation)
    {
        foreach (var pod in pods.Where(pod => pod.Kind == PodKind.Dns))
        {
            var responder = DnsResponder.Start(new IPEndPoint(pod.Address, _network.PodPort(DnsPort)));
            lock (_lock)
                _responders.Add(responder);
        }
        var echoed = pods.Where(pod => pod.Kind != PodKind.Dns).ToList();
        if (echoed.Count > 0)
        {
            var file = PodsFile.Write(Objects.Path, $".pods-{Interlocked.Increment(ref _podFiles)}", echoed, Objects);
            var echo = await EchoProcess.StartAsync(_options.Sluice, file, echoed, cancellation);
            lock (_lock)
                _echoes.Add(echo);
        }
        lock (_lock)
            _pods.AddRange(pods);
    }

    /// <summary>Deletes the objects, last ones first, and with Services their endpoints.</summary>
    public void Delete(IReadOnlyList<ObjectKey> keys)
    {
        foreach (var key in keys.Reverse())
        {
            Objects.Delete(key);
            if (key.Kind == "Service")
                Objects.Delete(key with { Kind = "EndpointSlice", Name = EndpointSlices.NameFor(key.Name) });
        }
    }

    public IReadOnlyList<Pod> Pods()
    {
        lock (_lock)
            return [.. _pods];
    }

    /// <summary>How often the pods of a backend have logged a request for exactly this target.</summary>
    public int CountRequests(string space, string backend, string target)
    {
        lock (_lock)
            return _echoes.Sum(echo => echo.CountLines(space, backend, $"Echoing back request made to {target} to client"));
    }
}
