using System.Net;
using Sluice.Configuration;
using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Upstreams;

/// <summary>
/// A cluster as the workers see it. Lives as long as configurations name it, whatever happens to routes; holds one
/// <see cref="WorkerCluster"/> per worker that has used it, each touched by its worker only.
/// </summary>
internal sealed class RuntimeCluster(Cluster configuration, IReadOnlyList<IPEndPoint> resolved, int workers)
{
    private readonly WorkerCluster?[] _workers = new WorkerCluster?[workers];

    /// <summary>What the endpoints are now, names resolved. Replaced whole; workers take it over when told to.</summary>
    private volatile IPEndPoint[] _addresses = AddressesOf(configuration, resolved);

    public string Name => Configuration.Name;

    public Cluster Configuration { get; private set; } = configuration;

    /// <summary>Endpoints that are DNS names and have to be resolved.</summary>
    public IEnumerable<Endpoint> NamedEndpoints => Configuration.Endpoints.Where(endpoint => !IsLiteral(endpoint));

    public WorkerCluster For(Worker worker) =>
        _workers[worker.Index] ??= new WorkerCluster(this, _addresses);

    /// <summary>Sets a newer configuration. Follow with <see cref="Refresh"/> on every worker.</summary>
    public void Update(Cluster configuration, IReadOnlyList<IPEndPoint> resolved)
    {
        Configuration = configuration;
        _addresses = AddressesOf(configuration, resolved);
    }

    /// <summary>On a worker: takes the current addresses over.</summary>
    public void Refresh(Worker worker) => _workers[worker.Index]?.Update(_addresses);

    /// <summary>On a worker: the cluster is no longer configured.</summary>
    public void Remove(Worker worker) => _workers[worker.Index]?.Update([]);

    private static IPEndPoint[] AddressesOf(Cluster configuration, IReadOnlyList<IPEndPoint> resolved) =>
        [.. configuration.Endpoints.Where(IsLiteral).Select(ToAddress), .. resolved];

    private static bool IsLiteral(Endpoint endpoint) => IPAddress.TryParse(endpoint.Address, out _);

    private static IPEndPoint ToAddress(Endpoint endpoint) => new(IPAddress.Parse(endpoint.Address), endpoint.Port);
}
