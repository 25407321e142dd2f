using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Clusters;
using Sluice.Translation.Policies;

namespace Sluice.Translation.Gateways;

/// <summary>One claimed Gateway with its ListenerSets: its evaluation, what routes gave to it, and what was published of it last.</summary>
internal sealed class GatewayState
{
    private readonly int _trustedHops;
    private readonly List<ListenerOwner> _sets = [];
    private IReadOnlyList<Listener> _listeners = [];
    private IReadOnlyList<NamespacedName>? _setNames;

    public GatewayState(GatewayEvaluation evaluation, int trustedHops)
    {
        _trustedHops = trustedHops;
        Evaluation = evaluation;
        Own = new ListenerOwner(this, ParentKey.Of(evaluation.Gateway));
        IsStale = true;
    }

    public GatewayEvaluation Evaluation { get; private set; }

    /// <summary>The listeners of the Gateway itself.</summary>
    public ListenerOwner Own { get; }

    /// <summary>The ListenerSets that name the Gateway, allowed or not, in order of precedence.</summary>
    public IReadOnlyList<ListenerOwner> Sets => _sets;

    /// <summary>Of <see cref="Sets"/>: the same instance until they change.</summary>
    public IReadOnlyList<NamespacedName> SetNames => _setNames ??= [.. _sets.Select(set => set.Key.Name)];

    public GatewayClusters Clusters { get; } = new();

    /// <summary>What BackendTLSPolicies have this Gateway as an ancestor for.</summary>
    public ServiceUses PolicedServices { get; } = new();

    /// <summary>Something that the configuration or the status shows may have changed since they were published.</summary>
    public bool IsStale { get; set; }

    /// <summary>Whether anything of it can be served: an own listener must be accepted.</summary>
    public bool IsAccepted => Evaluation.Refused is null && Own.Slots.Any(slot => slot.Evaluation.Accepted);

    /// <summary>Null when there is nothing to serve: the Gateway is not accepted or has no address.</summary>
    public ProxyConfiguration? Configuration { get; private set; }

    public GatewayStatus? Status { get; private set; }

    /// <summary>When what is said of the Gateway or its sets changes by time alone.</summary>
    public DateTimeOffset? ChangesAt
    {
        get
        {
            var time = CertificateJudge.Earlier(Evaluation.ChangesAt, Own.ChangesAt);
            foreach (var set in _sets)
                time = CertificateJudge.Earlier(time, set.ChangesAt);
            return time;
        }
    }

    public void Update(GatewayEvaluation evaluation)
    {
        if (evaluation.Obstacle != Evaluation.Obstacle)
        {
            foreach (var set in _sets)
                set.IsStale = true;
        }
        Evaluation = evaluation;
        IsStale = true;
    }

    public void Add(ListenerOwner set)
    {
        _sets.Add(set);
        _setNames = null;
        IsStale = true;
    }

    public void Remove(ListenerOwner set)
    {
        _sets.Remove(set);
        _setNames = null;
        IsStale = true;
    }

    public void SortSets()
    {
        _sets.Sort((one, other) => ListenerSetOrder.Compare((ListenerSet)one.Source, (ListenerSet)other.Source));
        _setNames = null;
    }

    /// <summary>Decides between the listeners of the Gateway. True when other routes may attach to them than before.</summary>
    public bool DecideOwn() => Own.Decide(new ListenerConflicts().Claim(Alone(Own), "the Gateway"));

    /// <summary>Decides between the listeners of the Gateway and its sets. Adds the sets to which other routes may attach than before.</summary>
    public void DecideSets(HashSet<ParentKey> changed)
    {
        var conflicts = new ListenerConflicts();
        conflicts.Claim(Alone(Own), "the Gateway");
        foreach (var set in _sets)
        {
            if (set.Decide(conflicts.Claim(Alone(set), "an older ListenerSet")))
                changed.Add(set.Key);
        }
    }

    public void Commit(ClusterTable clusters)
    {
        Clusters.Commit(clusters, Evaluation.BackendClientCertificate);
        Own.Commit();
        foreach (var set in _sets)
            set.Commit();
    }

    /// <summary>Builds the configuration and the statuses; parts that did not change stay the same instances.</summary>
    public void Publish()
    {
        var listeners = new List<Listener>(_listeners.Count + 1);
        Own.Publish(listeners, _trustedHops);
        foreach (var set in _sets)
        {
            set.Publish(listeners, _trustedHops);
            set.UpdateStatus();
        }
        _listeners = Keep(_listeners, listeners);
        Configuration = Evaluation.Obstacle is null && IsAccepted ? Configure() : null;
        var status = GatewayStatusBuilder.Build(this);
        if (Status is null || !GatewayStatusBuilder.Same(Status, status))
            Status = status;
        IsStale = false;
    }

    private static ListenerEvaluation[] Alone(ListenerOwner owner) => [.. owner.Slots.Select(slot => slot.Alone)];

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
