using Sluice.Configuration;
using Sluice.Configuration.Json;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>One field at the top of a TrafficPolicy's spec: policies are merged field by field.</summary>
/// <param name="name">As in manifests.</param>
/// <param name="guards">Whether rules answer 500 when the field cannot be put in force: requests would go unchecked otherwise.</param>
internal abstract class TrafficField(string name, bool guards)
{
    public string Name { get; } = name;

    public bool Guards { get; } = guards;

    /// <summary>The kinds of target that the field may be set for; empty for all.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    public abstract bool IsSet(TrafficPolicy policy);

    /// <summary>What a policy that sets the field makes of it. What is wrong is reported under its field.</summary>
    public abstract FieldEffect Compile(TrafficPolicy policy, IPolicySurroundings surroundings, out object? record);

    /// <summary>Puts the record in force for a rule.</summary>
    public abstract void Apply(RuleEffects rule, object record, PolicyUse use);

    /// <summary>Of two policies that both set the field: what holds. Unless fields are merged deeply, what the more specific one says.</summary>
    public virtual object Merge(object specific, object general) => specific;

    /// <summary>Whether <see cref="Merge"/> looks at the less specific one at all.</summary>
    public virtual bool MergesDeeply => false;

    /// <summary>Whether both do the same to a rule.</summary>
    public bool IsSame(object one, object other) => one.Equals(other) || Bytes(Probe(one)).AsSpan().SequenceEqual(Bytes(Probe(other)));

    private RouteRule Probe(object record)
    {
        var probe = new RuleEffects(new RouteRule { Route = "", Index = 0, Action = new ForwardAction([new WeightedBackend { Cluster = "/:0", Weight = 1 }]) }, _ => "host");
        Apply(probe, record, PolicyUse.Probe);
        return probe.Result();
    }

    private static byte[] Bytes(RouteRule rule)
    {
        var entry = new RouteEntry(new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, "/") }, rule);
        var listener = new Listener { Name = "", Port = 0, BindPort = 0, Protocol = ListenerProtocol.Http, Hostname = "", VirtualHosts = [new VirtualHost { Hostname = "*", Routes = [entry] }] };
        return ConfigurationJson.ToBytes(new ProxyConfiguration { Gateway = "", Addresses = [], Listeners = [listener], Clusters = [] }, Secrets.Included);
    }
}
