using System.Text.Json.Nodes;
using Sluice.Controller.Addresses;
using Sluice.Controller.Publishing;
using Sluice.Controller.Statuses;
using Sluice.Controller.Streaming;
using Sluice.Controller.Telemetry;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Infrastructure;
using Sluice.Kubernetes.Watching;
using Sluice.Proxy;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>
/// Each Gateway has proxies of its own in its namespace, made by this controller and configured over a stream on which they prove
/// whose they are.
/// </summary>
internal sealed class KubernetesServing : IInfrastructure
{
    /// <summary>What is made for Gateways.</summary>
    internal static readonly ApiResource[] Kinds =
    [
        ApiResources.Services, ApiResources.ServiceAccounts, ApiResources.ConfigMaps, ApiResources.Secrets, ApiResources.Deployments,
        ApiResources.DaemonSets, ApiResources.HorizontalPodAutoscalers, ApiResources.VerticalPodAutoscalers, ApiResources.PodDisruptionBudgets,
    ];

    private readonly ClusterOptions _options;
    private readonly StreamHub _hub;
    private readonly RemoteDataPlane _remote;
    private readonly OwnedObjects _owned;
    private readonly NodeAddresses _nodes;
    private readonly ServiceAddressing _addresses;
    private readonly InfrastructureWriter _writer;
    private readonly KubernetesClient _client;
    private readonly ProxyServer _server;
    private readonly Action _changed;
    private readonly TimeProvider _clock;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RenderedGateways _rendered;
    private readonly Action<string> _onProblem;
    private volatile ILookup<NamespacedName, Gateway> _accounts = Array.Empty<Gateway>().ToLookup(AccountOf);
    private volatile SessionSeed? _sessions;
    private volatile ControllerInstallation? _installation; // null until there is an authority
    private ControllerState? _state;
    private object _parameters = new();
    private (object? Parameters, object? Classes, object? Installation) _basis;

    /// <param name="options">Of the controller.</param>
    /// <param name="client">Asks.</param>
    /// <param name="server">Listens.</param>
    /// <param name="onStatus">Called when it stands differently with a watch.</param>
    /// <param name="onProblem">Told of problems, for people.</param>
    /// <param name="changed">Called, on any thread, when something may be in force that was not.</param>
    /// <param name="clock">The time.</param>
    public KubernetesServing(ClusterOptions options, KubernetesClient client, ProxyServer server, Action<WatchStatus> onStatus, Action<string> onProblem, Action changed, TimeProvider clock)
    {
        _options = options;
        _client = client;
        _server = server;
        _onProblem = onProblem;
        _changed = changed;
        _clock = clock;
        _hub = new StreamHub(new StreamLimits(), clock);
        _remote = new RemoteDataPlane(_hub);
        _remote.OutcomeChanged += _ => changed();
        DataPlane = new StreamedPlane(_remote, changed);
        _owned = new OwnedObjects(client, Kinds, onStatus, clock);
        _nodes = new NodeAddresses(client, AddressesChanged, onStatus, clock);
        _addresses = new ServiceAddressing(_owned, () => _nodes.Current);
        _writer = new InfrastructureWriter(client, _owned, options.AllControllerNames, new SteadyClock(clock)) { OnProblem = Problem };
        _owned.Changed = (ns, label) =>
        {
            _writer.Touch(ns, label);
            AddressesChanged();
        };
        _rendered = new RenderedGateways(Render);

        void AddressesChanged()
        {
            _addresses!.Touch();
            changed();
        }

        void Problem(NamespacedName gateway, string? problem)
        {
            if (!_addresses!.SetProblem(gateway, problem))
                return;
            if (problem is not null)
                onProblem($"Gateway {gateway}: {problem}");
            changed();
        }
    }

    public IPreparedAddresses Addresses => _addresses;

    public IDataPlane DataPlane { get; }

    public Task HasSynced => Task.WhenAll(_owned.HasSynced, _nodes.HasSynced, _opened.Task);

    public async Task RunAsync(CancellationToken cancellation) =>
        await await Task.WhenAny(_owned.RunAsync(cancellation), _nodes.RunAsync(cancellation), StreamAsync(cancellation));

    public void Want(ControllerState state)
    {
        _accounts = state.Gateways.Keys
            .Where(state.Snapshot.Gateways.ContainsKey)
            .Select(key => state.Snapshot.Gateways[key])
            .ToLookup(AccountOf);
        if (_state is not null && ReferenceEquals(_state.Gateways, state.Gateways) && ReferenceEquals(_state.ListenerSets, state.ListenerSets) && _basis == Basis(state))
            return;
        _state = state;
        if (_basis != Basis(state))
            (_basis, _parameters) = (Basis(state), new object());
        _writer.Want(_rendered.Of(state, _parameters));
    }

    public Task LeadAsync(CancellationToken cancellation) => _writer.RunAsync(cancellation);

    public void WriteMetrics(PrometheusWriter metrics)
    {
        InfrastructureMetrics.Write(metrics, _writer);
        StreamMetrics.Write(metrics, _hub);
    }

    public ValueTask DisposeAsync()
    {
        _remote.Dispose();
        _hub.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <exception cref="ClusterException">The stream's address cannot be bound.</exception>
    private async Task StreamAsync(CancellationToken cancellation)
    {
        var store = new SecretAuthorityStore(_client, _options.OwnNamespace);
        var authority = await PatientlyAsync("the configuration stream has no certificate yet", () => StreamAuthority.OpenAsync(store, _options.ConfigStreamNames, _clock, cancellationToken: cancellation), cancellation);
        _sessions = await PatientlyAsync("there is no key for sessions yet", () => SessionSeed.OpenAsync(_client, _options.OwnNamespace, cancellation), cancellation);
        authority.BundleChanged += () =>
        {
            _installation = Installation(authority);
            _changed();
        };
        authority.Failed += error => _onProblem($"the configuration stream's certificate cannot be renewed: {error.Message}");
        _installation = Installation(authority);
        var authenticator = new TokenReviewAuthenticator(new RememberedReviews(new ClusterTokenReviewer(_client), _clock), GatewayOf);
        try
        {
            await _server.ListenLocalAsync(_options.ConfigStream, new ConfigurationStreamHandler(_hub, authenticator), authority.Tls);
        }
        catch (IOException error)
        {
            throw new ClusterException($"The configuration stream cannot listen on {error.Message}. Choose another address with --config-stream HOST:PORT.", error);
        }
        _opened.SetResult();
        await authority.RunAsync(cancellation);
    }

    // Without these no proxy could be told whom to trust: they are waited for.
    private async Task<T> PatientlyAsync<T>(string lack, Func<Task<T>> open, CancellationToken cancellation)
    {
        string? told = null;
        for (var pause = TimeSpan.FromMilliseconds(250); ;)
        {
            try
            {
                return await open();
            }
            catch (IOException error)
            {
                if (told != error.Message)
                    _onProblem($"{lack}: {told = error.Message}");
                await Task.Delay(pause, _clock, cancellation);
                pause = pause * 2 < TimeSpan.FromSeconds(5) ? pause * 2 : TimeSpan.FromSeconds(5);
            }
        }
    }

    /// <summary>
    /// Whose proxies run as a ServiceAccount. The names of two Gateways and their classes may come to the same: then it is the Gateway
    /// that the ServiceAccount was made for, and the other has none.
    /// </summary>
    private string? GatewayOf(NamespacedName account)
    {
        var gateways = _accounts[account].ToList();
        var gateway = gateways.Count == 1 ? gateways[0] : gateways.Find(one => IsMadeFor(account, one));
        return gateway?.Key.ToString();
    }

    private bool IsMadeFor(NamespacedName account, Gateway gateway) =>
        _owned.Find(account.Namespace, BoundedName.Label(gateway.Metadata.Name), "ServiceAccount", account.Name)?["metadata"]?["ownerReferences"] is JsonArray owners
        && owners.Any(owner => ConditionMerge.Text(owner, "uid") == gateway.Metadata.Uid);

    private static NamespacedName AccountOf(Gateway gateway) => new(gateway.Metadata.Namespace, ProxyNames.Of(gateway));

    private (object?, object?, object?) Basis(ControllerState state) => (state.Snapshot.GatewayParameters, state.Snapshot.GatewayClasses, _installation);

    private ControllerInstallation Installation(StreamAuthority authority) => new()
    {
        StreamAddress = _options.StreamAddress,
        CaBundle = authority.Bundle,
        Image = _options.ProxyImage,
        MetricsDetail = _options.MetricsDetail == MetricsDetail.Listener ? null : MetricsDetails.Name(_options.MetricsDetail),
    };

    private WantedInfrastructure? Render(Gateway gateway, IReadOnlyList<ServicePort> ports, ControllerState state)
    {
        var label = BoundedName.Label(gateway.Metadata.Name);
        try
        {
            if (InfrastructureParameters.Resolve(state.Snapshot, gateway).Kube is not { } parameters)
                return new WantedInfrastructure(gateway.Metadata.Uid, label, RenderedInfrastructure.Nothing);
            var rendered = InfrastructureRenderer.Render(new ProxyInfrastructure
            {
                Gateway = gateway,
                Uid = gateway.Metadata.Uid,
                Ports = ports,
                Parameters = parameters,
                Controller = _installation!,
                SessionKey = _sessions!.KeyOf(gateway.Metadata.Uid),
            });
            foreach (var warning in rendered.Warnings)
                _onProblem($"Gateway {gateway.Key}: {warning}");
            return new WantedInfrastructure(gateway.Metadata.Uid, label, rendered);
        }
        catch (InvalidParametersException error)
        {
            _addresses.SetProblem(gateway.Key, error.Message);
            return null;
        }
    }
}
