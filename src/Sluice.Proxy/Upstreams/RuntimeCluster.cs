using System.Net;
using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Tls;
using Sluice.Proxy.Tls.Client;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Upstreams;

/// <summary>
/// A cluster as the workers see it. Lives as long as configurations name it, whatever happens to routes; holds one
/// <see cref="WorkerCluster"/> per worker that has used it, each touched by its worker only.
/// </summary>
internal sealed class RuntimeCluster
{
    private readonly WorkerCluster?[] _workers;

    /// <summary>What the endpoints are now, names resolved. Replaced whole; workers take it over when told to.</summary>
    private volatile IPEndPoint[] _addresses;

    public RuntimeCluster(Cluster configuration, IReadOnlyList<IPEndPoint> resolved, int workers)
    {
        Configuration = configuration;
        NameBytes = Encoding.UTF8.GetBytes(configuration.Name);
        _workers = new WorkerCluster?[workers];
        _addresses = AddressesOf(configuration, resolved);
        HasNames = NamedEndpoints.Any();
        if (configuration.Tls is null)
            return;
        if (OpenSslLibrary.Problem is { } missing)
        {
            TlsProblem = missing;
            return;
        }

        try
        {
            Tls = ClientTls.Create(configuration.Tls);
        }
        catch (TlsMaterialException exception)
        {
            TlsProblem = exception.Message;
        }
    }

    /// <summary>TLS with the endpoints; null in cleartext, or when it cannot be spoken (<see cref="TlsProblem"/>).</summary>
    public ClientTls? Tls { get; }

    /// <summary>What is wrong with the cluster's TLS: nobody is connected to then, least of all in cleartext.</summary>
    public string? TlsProblem { get; }

    public string Name => Configuration.Name;

    /// <summary>For logs.</summary>
    public byte[] NameBytes { get; }

    public Cluster Configuration { get; private set; }

    /// <summary>Endpoints with a known address, as they are now. From any thread.</summary>
    public IReadOnlyList<IPEndPoint> Addresses => _addresses;

    /// <summary>Endpoints with a known address.</summary>
    public int EndpointCount => _addresses.Length;

    /// <summary>Whether there are any <see cref="NamedEndpoints"/>.</summary>
    public bool HasNames { get; private set; }

    /// <summary>Endpoints that are DNS names and have to be resolved.</summary>
    public IEnumerable<Endpoint> NamedEndpoints => Configuration.Endpoints.Where(endpoint => !IsLiteral(endpoint));

    public WorkerCluster For(Worker worker) =>
        _workers[worker.Index] ??= new WorkerCluster(this, _addresses);

    /// <summary>Sets a newer configuration. Follow with <see cref="Refresh"/> on every worker.</summary>
    public void Update(Cluster configuration, IReadOnlyList<IPEndPoint> resolved)
    {
        Configuration = configuration;
        _addresses = AddressesOf(configuration, resolved);
        HasNames = NamedEndpoints.Any();
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
