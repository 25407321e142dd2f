using Sluice.Configuration;
using Sluice.Translation.Hosts;
using Sluice.Translation.Policies.Listeners;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>One listener of an owner, from snapshot to snapshot.</summary>
/// <param name="owner">The Gateway or ListenerSet that it is of.</param>
/// <param name="name">As the data plane knows it: see <see cref="Listener.Name"/>.</param>
internal sealed class ListenerSlot(ListenerOwner owner, string name)
{
    private ListenerEvaluation? _published;
    private MergedListenerPolicy? _policy;
    private Listener? _bare;

    /// <summary>As the data plane knows it.</summary>
    public string Name => name;

    /// <summary>The listener by itself.</summary>
    public required ListenerEvaluation Alone { get; set; }

    /// <summary>The listener among those of its Gateway.</summary>
    public ListenerEvaluation Evaluation { get; private set; } = null!;

    /// <summary>The routes that attach; null while the listener is not accepted.</summary>
    public ListenerTable? Table { get; private set; }

    /// <summary>As it was published last; null when it was not.</summary>
    public Listener? Published { get; private set; }

    /// <summary>What policies say of it, as it was published last.</summary>
    public MergedListenerPolicy? Policy => _policy;

    /// <summary>Where it stands among the published listeners of its Gateway.</summary>
    public int Position { get; set; }

    public int AttachedRoutes => Table?.AttachedRoutes ?? 0;

    /// <summary>Decides on the listener. True when other routes may attach than before.</summary>
    public bool Decide(Finding? conflict)
    {
        var before = Evaluation;
        Evaluation = conflict is null ? Alone : Alone.Lose(conflict);
        if (before is not null && before == Evaluation)
            Evaluation = before;
        if (!Evaluation.Accepted)
            Table = null;
        else if (Table is null || Table is StreamTable != IsStream || Table is StreamTable { IsPlain: var isPlain } && isPlain != IsPlain)
            Table = IsStream ? new StreamTable(owner, name) { IsPlain = IsPlain } : new VirtualHostTable(owner, name);
        else
            return before is null || !before.TakesSameRoutes(Evaluation);
        return true;
    }

    /// <summary>The listener for the data plane, the same instance while nothing of it changes; null when it is not served.</summary>
    public Listener? Publish(int trustedHops, ListenerPolicies policies)
    {
        if (!Evaluation.Served)
            return Published = null;
        var hosts = Table is VirtualHostTable virtualHosts ? virtualHosts.Hosts : [];
        var tlsHosts = Protocol == ListenerProtocol.Tls ? ((StreamTable)Table!).Hosts : [];
        var stream = Protocol is ListenerProtocol.Tcp or ListenerProtocol.Udp ? ((StreamTable)Table!).Stream : null;
        var policy = policies.Of(this, owner);
        if (Published is not null
            && ReferenceEquals(_published, Evaluation)
            && ReferenceEquals(_policy, policy)
            && ReferenceEquals(Published.VirtualHosts, hosts)
            && ReferenceEquals(Published.TlsHosts, tlsHosts)
            && ReferenceEquals(Published.Stream, stream))
            return Published;
        if (_published is null || !ReferenceEquals(_published, Evaluation) || !ReferenceEquals(_policy, policy))
            _bare = policy is null ? Bare(trustedHops) : policies.Apply(Bare(trustedHops), policy);
        _published = Evaluation;
        _policy = policy;
        var current = _bare! with { VirtualHosts = hosts, TlsHosts = tlsHosts, Stream = stream };
        return Published = current == Published ? Published : current;
    }

    // Routes come and go without a policy being compiled again.
    private Listener Bare(int trustedHops) => new()
    {
        Name = name,
        Port = Evaluation.Spec.Port,
        BindPort = Evaluation.BindPort,
        Protocol = Protocol,
        Hostname = Evaluation.Hostname,
        TrustedHops = trustedHops,
        Tls = Evaluation.Tls,
        ProxyProtocol = Evaluation.ProxyProtocol,
    };

    private ListenerProtocol Protocol => Evaluation.Protocol!.Value;

    private bool IsPlain => Protocol == ListenerProtocol.Udp || Evaluation.Tls is { Mode: TlsMode.Passthrough };

    private bool IsStream => Protocol is ListenerProtocol.Tls or ListenerProtocol.Tcp or ListenerProtocol.Udp;
}
