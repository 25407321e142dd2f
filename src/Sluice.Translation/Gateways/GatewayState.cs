using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Clusters;
using Sluice.Translation.Policies;
using Sluice.Translation.Policies.Listeners;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>One claimed Gateway with its ListenerSets: its evaluation, what routes gave to it, and what was published of it last.</summary>
internal sealed class GatewayState
{
    private static readonly IComparer<ListenerOwner> SetOrder =
        Comparer<ListenerOwner>.Create((one, other) => ListenerSetOrder.Compare((ListenerSet)one.Source, (ListenerSet)other.Source));

    private readonly int _trustedHops;
    private readonly List<ListenerOwner> _sets = [];
    private readonly List<ListenerOwner> _touched = [];
    private readonly List<ListenerOwner> _restated = [];
    private readonly HashSet<ListenerOwner> _remarkable = [];
    private readonly PublishedListeners _listeners;
    private readonly GatewayTelemetry _telemetry;
    private IReadOnlyList<NamespacedName>? _setNames;

    public GatewayState(GatewayEvaluation evaluation, int trustedHops, ListenerPolicies policies)
    {
        _listeners = new PublishedListeners(policies);
        _telemetry = new GatewayTelemetry(policies);
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

    /// <summary>Number of sets that are accepted, as they were published last.</summary>
    public int AcceptedSets { get; private set; }

    /// <summary>The sets about which something is to be said beside conditions, in order of precedence: of thousands most often none.</summary>
    public IEnumerable<ListenerOwner> RemarkableSets => _remarkable.Order(SetOrder);

    /// <summary>Whether anything of it can be served: an own listener must be accepted.</summary>
    public bool IsAccepted => Evaluation.Refused is null && Own.Slots.Any(slot => slot.Evaluation.Accepted);

    /// <summary>Null when there is nothing to serve: the Gateway is not accepted or has no address.</summary>
    public ProxyConfiguration? Configuration { get; private set; }

    public GatewayStatus? Status { get; private set; }

    /// <summary>When what is said of the Gateway itself changes by time alone.</summary>
    public DateTimeOffset? ChangesAt => CertificateJudge.Earlier(Evaluation.ChangesAt, Own.ChangesAt);

    public void Update(GatewayEvaluation evaluation)
    {
        if (evaluation.Obstacle != Evaluation.Obstacle)
        {
            foreach (var set in _sets)
                set.Touch();
        }
        Evaluation = evaluation;
        IsStale = true;
    }

    public void Add(ListenerOwner set)
    {
        _sets.Add(set);
        ReorderSets();
    }

    public void Remove(ListenerOwner set)
    {
        _sets.Remove(set);
        _remarkable.Remove(set);
        if (IsAcceptedSet(set))
            AcceptedSets--;
        ReorderSets();
    }

    public void SortSets()
    {
        _sets.Sort(SetOrder);
        ReorderSets();
    }

    /// <summary>Listeners have come, gone or changed their places.</summary>
    public void ReorderListeners() => _listeners.Reorder();

    /// <summary>To be called by an owner once, when something of it may have changed since it was published.</summary>
    public void Touch(ListenerOwner owner)
    {
        _touched.Add(owner);
        IsStale = true;
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
        foreach (var owner in _touched)
            owner.Commit();
    }

    /// <summary>Builds the configuration and the statuses; parts that did not change stay the same instances.</summary>
    public void Publish()
    {
        foreach (var owner in _touched)
            Publish(owner);
        _touched.Clear();
        _listeners.Update(_sets.Prepend(Own));
        Configuration = Evaluation.Obstacle is null && IsAccepted ? Configure() : null;
        var status = GatewayStatusBuilder.Build(this);
        if (Status is null || !GatewayStatusBuilder.Same(Status, status))
            Status = status;
        IsStale = false;
    }

    /// <summary>The sets whose status is another than when this was asked last.</summary>
    public IReadOnlyList<ListenerOwner> TakeRestated()
    {
        if (_restated.Count == 0)
            return [];
        var restated = _restated.ToArray();
        _restated.Clear();
        return restated;
    }

    private void Publish(ListenerOwner owner)
    {
        // Routes of a set that is no longer here still take leave of it.
        if (owner.IsDropped)
            return;
        _listeners.Publish(owner, _trustedHops);
        var wasAccepted = IsAcceptedSet(owner);
        if (owner.Settle())
            _restated.Add(owner);
        AcceptedSets += (IsAcceptedSet(owner) ? 1 : 0) - (wasAccepted ? 1 : 0);
        if (owner.Key.IsSet && owner.HasNotices)
            _remarkable.Add(owner);
        else
            _remarkable.Remove(owner);
    }

    private void ReorderSets()
    {
        _setNames = null;
        ReorderListeners();
        IsStale = true;
    }

    private static bool IsAcceptedSet(ListenerOwner owner) => owner.Status is { } status && GatewayConditions.IsTrue(status.Conditions, ConditionType.Accepted);

    private static ListenerEvaluation[] Alone(ListenerOwner owner) => [.. owner.Slots.Select(slot => slot.Alone)];

    private ProxyConfiguration Configure()
    {
        var current = new ProxyConfiguration
        {
            Gateway = Configuration?.Gateway ?? Evaluation.Gateway.Key.ToString(),
            Addresses = Keep(Configuration?.Addresses, Evaluation.Addressing.Bind),
            Listeners = _listeners.Current,
            Clusters = Clusters.Current,
            Telemetry = _telemetry.Of(Evaluation.Telemetry.Settings, _sets.Prepend(Own)),
        };
        return current == Configuration ? Configuration : current;
    }

    private static IReadOnlyList<string> Keep(IReadOnlyList<string>? old, IReadOnlyList<string> current) =>
        old is not null && old.SequenceEqual(current) ? old : current;
}
