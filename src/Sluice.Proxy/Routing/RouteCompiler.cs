using Sluice.Configuration;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Listeners;
using Sluice.Proxy.Sessions;

namespace Sluice.Proxy.Routing;

/// <summary>
/// Builds runtime listeners from configured ones. What did not change between two configurations is the same instance in
/// both, so what was built from it is taken over: whole listeners and virtual hosts, else entries, else the parts of entries.
/// Lists are compared from both ends, so that a changed route costs work for what lies between the changes only, and nothing
/// is kept beside the tables themselves. One compiler is used for all listeners of one configuration, so that they share rules.
/// </summary>
internal sealed class RouteCompiler
{
    private readonly Func<string, int> _clusterIds;
    private readonly RuleCompiler _ruleCompiler;
    private readonly Dictionary<RouteRule, RuntimeRule> _rules = new(ReferenceEqualityComparer.Instance);

    /// <inheritdoc cref="RuleCompiler(Func{string, int}, SessionKey, FilterParts)" path="/param"/>
    public RouteCompiler(Func<string, int> clusterIds, SessionKey sessionKey, FilterParts filters)
    {
        _clusterIds = clusterIds;
        _ruleCompiler = new RuleCompiler(clusterIds, sessionKey, filters);
    }

    /// <param name="listener">Is not changed afterwards.</param>
    /// <param name="previous">What was built from the listener's predecessor, or null.</param>
    public RuntimeListener Compile(Listener listener, RuntimeListener? previous)
    {
        if (previous is not null && ReferenceEquals(previous.Source, listener))
            return previous;
        IReadOnlyList<VirtualHost> sources = listener.VirtualHosts;
        ReadOnlySpan<RuntimeVirtualHost> old = previous is null ? default : previous.VirtualHosts.Values;
        var values = new RuntimeVirtualHost[sources.Count];

        int first = 0;
        while (first < sources.Count && first < old.Length && ReferenceEquals(old[first].Source, sources[first]))
            first++;
        int end = sources.Count, oldEnd = old.Length;
        while (end > first && oldEnd > first && ReferenceEquals(old[oldEnd - 1].Source, sources[end - 1]))
            (end, oldEnd) = (end - 1, oldEnd - 1);
        old[..first].CopyTo(values);
        old[oldEnd..].CopyTo(values.AsSpan(end));

        Dictionary<string, RuntimeVirtualHost> changed = new(oldEnd - first);
        foreach (RuntimeVirtualHost virtualHost in old[first..oldEnd])
            changed.TryAdd(virtualHost.Source.Hostname, virtualHost);
        for (int i = first; i < end; i++)
            values[i] = Compile(sources[i], changed.GetValueOrDefault(sources[i].Hostname));

        var names = new string[values.Length];
        for (int i = 0; i < names.Length; i++)
            names[i] = values[i].Source.Hostname;
        return new RuntimeListener(listener, HostTable<RuntimeVirtualHost>.Create(names, values, previous?.VirtualHosts))
        {
            Http = RuntimeHttpSettings.Of(listener.Http, previous?.Http),
            Connection = RuntimeConnectionSettings.Of(listener.Connection, previous?.Connection),
            Stream = listener.Stream is { } stream ? Compile(stream, previous?.Stream) : null,
            TlsHosts = listener.Protocol == ListenerProtocol.Tls ? Compile(listener.TlsHosts, previous?.TlsHosts) : null,
        };
    }

    private HostTable<RuntimeStreamRoute> Compile(IReadOnlyList<TlsHost> hosts, HostTable<RuntimeStreamRoute>? previous)
    {
        var old = new Dictionary<StreamRoute, RuntimeStreamRoute>(ReferenceEqualityComparer.Instance);
        foreach (RuntimeStreamRoute route in previous is null ? default : previous.Values)
            old.TryAdd(route.Source, route);
        var names = new string[hosts.Count];
        var values = new RuntimeStreamRoute[hosts.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = hosts[i].Hostname;
            values[i] = Compile(hosts[i].Route, old.GetValueOrDefault(hosts[i].Route));
            old.TryAdd(hosts[i].Route, values[i]);
        }
        return HostTable<RuntimeStreamRoute>.Create(names, values, previous);
    }

    // Unchanged, it is the same object: connections and sessions of UDP see by that whether their route has changed.
    private RuntimeStreamRoute Compile(StreamRoute source, RuntimeStreamRoute? previous) =>
        previous is not null && ReferenceEquals(previous.Source, source) ? previous : new RuntimeStreamRoute(source, _clusterIds);

    private RuntimeVirtualHost Compile(VirtualHost virtualHost, RuntimeVirtualHost? previous)
    {
        if (previous is not null && ReferenceEquals(previous.Source, virtualHost))
            return previous;
        IReadOnlyList<RouteEntry> sources = virtualHost.Routes;
        IReadOnlyList<RouteEntry> oldSources = previous?.Source.Routes ?? [];
        ReadOnlySpan<RuntimeEntry> old = previous is null ? default : previous.Routes.Entries;
        var entries = new RuntimeEntry[sources.Count];

        int first = 0;
        while (first < entries.Length && first < old.Length && ReferenceEquals(oldSources[first], sources[first]))
            first++;
        int end = entries.Length, oldEnd = old.Length;
        while (end > first && oldEnd > first && ReferenceEquals(oldSources[oldEnd - 1], sources[end - 1]))
            (end, oldEnd) = (end - 1, oldEnd - 1);
        old[..first].CopyTo(entries);
        old[oldEnd..].CopyTo(entries.AsSpan(end));

        var matches = new Dictionary<RouteMatch, RuntimeEntry>(ReferenceEqualityComparer.Instance);
        for (int i = first; i < oldEnd; i++)
        {
            matches.TryAdd(oldSources[i].Match, old[i]);
            _rules.TryAdd(oldSources[i].Rule, old[i].Rule);
        }
        for (int i = first; i < end; i++)
            entries[i] = Compile(sources[i], matches);
        return new RuntimeVirtualHost(virtualHost, RouteTable.Create(entries, previous?.Routes ?? default));
    }

    private RuntimeEntry Compile(RouteEntry source, Dictionary<RouteMatch, RuntimeEntry> matches)
    {
        if (!_rules.TryGetValue(source.Rule, out RuntimeRule? rule))
        {
            rule = _ruleCompiler.Compile(source.Rule);
            _rules.Add(source.Rule, rule);
        }
        if (!matches.TryGetValue(source.Match, out RuntimeEntry? match))
            return new RuntimeEntry(source.Match, rule);
        return ReferenceEquals(match.Rule, rule) ? match : new RuntimeEntry(match, rule);
    }
}
