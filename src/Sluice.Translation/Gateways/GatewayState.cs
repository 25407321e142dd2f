using Sluice.Configuration;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Clusters;
using Sluice.Translation.Hosts;
using Sluice.Translation.Policies;

namespace Sluice.Translation.Gateways;

/// <summary>One claimed Gateway: its evaluation, what routes gave to it, and what was published of it last.</summary>
internal sealed class GatewayState
{
    private readonly int _trustedHops;
    private readonly Dictionary<string, ListenerTable> _tables = new(StringComparer.Ordinal);
    private IReadOnlyList<Listener> _listeners = [];

    public GatewayState(GatewayEvaluation evaluation, int trustedHops)
    {
        _trustedHops = trustedHops;
        Evaluation = evaluation;
        Update(evaluation);
    }

    public GatewayEvaluation Evaluation { get; private set; }

    public GatewayClusters Clusters { get; } = new();

    /// <summary>What BackendTLSPolicies have this Gateway as an ancestor for.</summary>
    public ServiceUses PolicedServices { get; } = new();

    /// <summary>Something that the configuration or the status shows may have changed since they were published.</summary>
    public bool IsStale { get; set; }

    /// <summary>Null when there is nothing to serve: the Gateway is not accepted or has no address.</summary>
    public ProxyConfiguration? Configuration { get; private set; }

    public GatewayStatus? Status { get; private set; }

    /// <summary>Takes over a new evaluation. Tables of listeners that are gone are dropped: the routes on them are attached anew.</summary>
    public void Update(GatewayEvaluation evaluation)
    {
        Evaluation = evaluation;
        IsStale = true;
        var accepted = evaluation.Listeners.Where(listener => listener.Accepted).ToDictionary(listener => listener.Spec.Name, StringComparer.Ordinal);
        foreach (var (name, table) in _tables)
        {
            if (!accepted.TryGetValue(name, out var listener) || IsStream(listener) != table is StreamTable)
                _tables.Remove(name);
        }
        foreach (var (name, listener) in accepted)
        {
            _tables.TryAdd(name, IsStream(listener) ? new StreamTable(this, name) : new VirtualHostTable(this, name));
            if (_tables[name] is StreamTable streams)
                streams.IsPlain = listener.Protocol == ListenerProtocol.Udp || (listener.Protocol == ListenerProtocol.Tls && listener.Spec.Tls?.Mode == "Passthrough");
        }
    }

    /// <summary>The table of an accepted listener.</summary>
    public ListenerTable Table(string listener) => _tables[listener];

    public int AttachedRoutes(string listener) => _tables.TryGetValue(listener, out var table) ? table.AttachedRoutes : 0;

    public void Commit(ClusterTable clusters)
    {
        Clusters.Commit(clusters, Evaluation.BackendClientCertificate);
        foreach (var table in _tables.Values)
            table.Commit();
    }

    /// <summary>Builds the configuration and the status; parts that did not change stay the same instances.</summary>
    public void Publish()
    {
        _listeners = Keep(_listeners, Listeners());
        Configuration = Evaluation.Served ? Configure() : null;
        var status = GatewayStatusBuilder.Build(this);
        if (Status is null || !GatewayStatusBuilder.Same(Status, status))
            Status = status;
        IsStale = false;
    }

    private static bool IsStream(ListenerEvaluation listener) => listener.Protocol is ListenerProtocol.Tls or ListenerProtocol.Tcp or ListenerProtocol.Udp;

    private List<Listener> Listeners()
    {
        var listeners = new List<Listener>();
        foreach (var listener in Evaluation.Listeners)
        {
            if (!listener.Accepted)
                continue;
            var table = Table(listener.Spec.Name);
            var current = new Listener
            {
                Name = listener.Spec.Name,
                Port = listener.Spec.Port,
                BindPort = listener.BindPort,
                Protocol = listener.Protocol!.Value,
                Hostname = listener.Hostname,
                VirtualHosts = table is VirtualHostTable hosts ? hosts.Hosts : [],
                TlsHosts = listener.Protocol == ListenerProtocol.Tls ? ((StreamTable)table).Hosts : [],
                Stream = listener.Protocol is ListenerProtocol.Tcp or ListenerProtocol.Udp ? ((StreamTable)table).Stream : null,
                TrustedHops = _trustedHops,
            };
            var old = _listeners.FirstOrDefault(candidate => candidate.Name == current.Name);
            listeners.Add(old == current ? old : current);
        }
        return listeners;
    }

    private static IReadOnlyList<Listener> Keep(IReadOnlyList<Listener> old, List<Listener> current) =>
        old.SequenceEqual(current, ReferenceEqualityComparer.Instance) ? old : current.ToArray();

    private ProxyConfiguration Configure()
    {
        var current = new ProxyConfiguration
        {
            Gateway = Configuration?.Gateway ?? Evaluation.Gateway.Key.ToString(),
            Addresses = Keep(Configuration?.Addresses, Evaluation.Addressing.Bind),
            Listeners = _listeners,
            Clusters = Clusters.Current,
        };
        return current == Configuration ? Configuration : current;
    }

    private static IReadOnlyList<string> Keep(IReadOnlyList<string>? old, IReadOnlyList<string> current) =>
        old is not null && old.SequenceEqual(current) ? old : current;
}
