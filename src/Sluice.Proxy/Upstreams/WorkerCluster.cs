using System.Net;
using Sluice.Configuration;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Http2.Upstream;
using Sluice.Proxy.Sessions;

namespace Sluice.Proxy.Upstreams;

/// <summary>One worker's view of a cluster: endpoints with their pools, and the turn of the balancer.</summary>
internal sealed class WorkerCluster
{
    private WorkerEndpoint[] _endpoints;
    private uint _turn;

    public WorkerCluster(RuntimeCluster cluster, IPEndPoint[] addresses)
    {
        Cluster = cluster;
        Protocol = cluster.Configuration.Protocol;
        _endpoints = [.. addresses.Select(address => new WorkerEndpoint(address))];
    }

    public RuntimeCluster Cluster { get; }

    /// <summary>What its endpoints speak. A cluster that changes it is another cluster (<see cref="Runtime.ClusterSet"/>).</summary>
    public UpstreamProtocol Protocol { get; }

    public IReadOnlyList<WorkerEndpoint> Endpoints => _endpoints;

    public int EndpointCount => _endpoints.Length;

    /// <summary>Requests in flight on this worker, those that wait for a retry included.</summary>
    public int ActiveRequests { get; set; }

    /// <summary>How many of them have been sent before.</summary>
    public int ActiveRetries { get; set; }

    /// <summary>Copies of requests in flight on this worker.</summary>
    public int ActiveMirrors { get; set; }

    /// <summary>Whether one more request may be sent again. Backends in trouble get a bounded share of requests twice, not all of them.</summary>
    public bool MayRetry(ProxyLimits limits) =>
        ActiveRetries < Math.Max(limits.ConcurrentRetries, (int)((long)ActiveRequests * limits.RetryPercent / 100));

    /// <summary>The endpoint for the next attempt; null when there is none. After a failure it is another one, if there is another.</summary>
    public WorkerEndpoint? Choose(FastRandom random, WorkerEndpoint? failed)
    {
        var endpoints = _endpoints;
        if (endpoints.Length == 0)
            return null;
        if (endpoints.Length == 1)
            return endpoints[0];

        // After a failure: simply the one behind, so that every endpoint gets its try.
        if (failed is not null && Array.IndexOf(endpoints, failed) is var index and >= 0)
            return endpoints[(index + 1) % endpoints.Length];

        if (Cluster.Configuration.LoadBalancing == LoadBalancing.LeastRequest)
        {
            // Two different ones: of two endpoints, the freer is always found.
            var place = random.Next(endpoints.Length);
            var first = endpoints[place];
            var second = endpoints[(place + 1 + random.Next(endpoints.Length - 1)) % endpoints.Length];
            return second.ActiveRequests < first.ActiveRequests ? second : first;
        }

        // Workers begin their round at different places.
        if (_turn == 0)
            _turn = random.Next() | 1;
        return endpoints[(int)(_turn++ % (uint)endpoints.Length)];
    }

    /// <summary>The endpoint that a session names; null when it is gone.</summary>
    public WorkerEndpoint? Find(ulong sessionId, SessionKey key)
    {
        foreach (var endpoint in _endpoints)
        {
            if (endpoint.SessionId(key) == sessionId)
                return endpoint;
        }

        return null;
    }

    /// <summary>A connection to an endpoint, kept or begun; null when not even beginning is possible.</summary>
    public IUpstream? Open(WorkerEndpoint endpoint, IResponseSink sink, WorkerServices services, bool mayReuse)
    {
        if (Cluster.TlsProblem is not null)
        {
            services.Metrics.CountFailure(UpstreamFailure.TlsConfiguration);
            return null;
        }

        if (Protocol == UpstreamProtocol.Http2)
            return OpenStream(endpoint, sink, services);
        if (mayReuse && endpoint.TakeIdle() is { } idle)
        {
            idle.Attach(sink);
            return idle;
        }

        var connection = services.RentUpstream();
        if (connection.TryConnect(endpoint, Cluster.Configuration.ConnectTimeout, Cluster.Tls))
        {
            connection.Attach(sink);
            return connection;
        }

        services.Metrics.CountFailure(UpstreamFailure.Connect);
        services.Return(connection);
        return null;
    }

    private UpstreamHttp2Stream? OpenStream(WorkerEndpoint endpoint, IResponseSink sink, WorkerServices services)
    {
        if (endpoint.FindMultiplexed() is { } open)
            return open.Open(sink);

        var connection = services.RentUpstreamHttp2();
        if (connection.TryConnect(endpoint, Cluster.Configuration.ConnectTimeout, Cluster.Tls))
        {
            // Of a removed endpoint nobody will ask again; it ends with its requests.
            if (!endpoint.IsRemoved)
                endpoint.Add(connection);
            var stream = connection.Open(sink);
            if (endpoint.IsRemoved)
                connection.Drain();
            return stream;
        }

        services.Metrics.CountFailure(UpstreamFailure.Connect);
        services.Return(connection);
        return null;
    }

    /// <summary>The head of a request as the endpoints want it. Valid until the worker composes another.</summary>
    public ReadOnlySpan<byte> Compose(Worker worker, in OutgoingRequest request) =>
        Protocol == UpstreamProtocol.Http2 ? Http2RequestWriter.Compose(worker, request, Cluster.Tls is not null) : RequestWriter.Compose(worker, request);

    /// <summary>Takes over new addresses: endpoints that stay keep their pools, those that go finish what is in flight.</summary>
    public void Update(IPEndPoint[] addresses)
    {
        var old = _endpoints;
        var next = new WorkerEndpoint[addresses.Length];
        for (var i = 0; i < addresses.Length; i++)
            next[i] = Array.Find(old, endpoint => endpoint.Address.Equals(addresses[i])) ?? new WorkerEndpoint(addresses[i]);
        _endpoints = next;

        foreach (var endpoint in old)
        {
            if (Array.IndexOf(next, endpoint) < 0)
                endpoint.Remove();
        }
    }
}
