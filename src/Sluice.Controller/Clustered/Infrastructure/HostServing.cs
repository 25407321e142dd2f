using System.Net;
using Sluice.Controller.Addresses;
using Sluice.Controller.Publishing;
using Sluice.Controller.Telemetry;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Infrastructure;
using Sluice.Kubernetes.Watching;
using Sluice.Proxy;
using Sluice.Resources;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>Gateways are served in this process, on addresses of this machine; a Service stands for each in the cluster.</summary>
internal sealed class HostServing : IInfrastructure
{
    private static readonly object Nothing = new();

    private readonly LocalPool? _pool;
    private readonly OwnedObjects _owned;
    private readonly InfrastructureWriter _writer;
    private readonly RenderedGateways _rendered = new((gateway, ports, _) =>
        new WantedInfrastructure(gateway.Metadata.Uid, BoundedName.Label(gateway.Metadata.Name), HostInfrastructure.Render(gateway, gateway.Metadata.Uid, ports)));

    /// <exception cref="AddressPoolException">The pool's addresses cannot be used on this machine.</exception>
    public HostServing(ClusterOptions options, KubernetesClient client, ProxyServer server, Action<WatchStatus> onStatus, Action<string> onProblem, TimeProvider clock)
    {
        _pool = options.AddressPool is { } network ? new LocalPool(network) : null;
        Pool = new GatewayAddressPool(options.AddressPool is { } range ? AddressRange.Of(range) : AddressRange.From(IPAddress.Loopback), options.AllControllerNames);
        DataPlane = new LocalDataPlane(server);
        _owned = new OwnedObjects(client, [ApiResources.Services], onStatus, clock);
        _writer = new InfrastructureWriter(client, _owned, options.AllControllerNames, new SteadyClock(clock))
        {
            OnProblem = (gateway, problem) =>
            {
                if (problem is not null)
                    onProblem($"Gateway {gateway}: the Service that stands for it: {problem}");
            },
        };
        _owned.Changed = _writer.Touch;
    }

    public GatewayAddressPool Pool { get; }

    public IPreparedAddresses Addresses => Pool;

    public IDataPlane DataPlane { get; }

    public Task HasSynced => _owned.HasSynced;

    public Task RunAsync(CancellationToken cancellation) => _owned.RunAsync(cancellation);

    public void Want(ControllerState state) => _writer.Want(_rendered.Of(state, Nothing));

    public Task LeadAsync(CancellationToken cancellation) => _writer.RunAsync(cancellation);

    public void WriteMetrics(PrometheusWriter metrics) => InfrastructureMetrics.Write(metrics, _writer);

    public ValueTask DisposeAsync()
    {
        _pool?.Dispose();
        return ValueTask.CompletedTask;
    }
}
