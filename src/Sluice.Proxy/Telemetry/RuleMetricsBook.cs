using System.Collections.Concurrent;
using Sluice.Configuration;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Telemetry;

/// <summary>
/// Counters of the rules of one Gateway. A rule has none before its first request; they are found again by name when a configuration
/// has made new objects of it, and dropped when no listener has the rule any more. That is looked for when somebody reads them, and when
/// their number has doubled since the last look: not at every change, of which thousands may touch no rule that is counted.
/// </summary>
internal sealed class RuleMetricsBook(int workers)
{
    /// <summary>Rules at listeners with counters of their own, per Gateway. What comes beyond is counted together.</summary>
    public const int MaxRules = 10_000;

    private const int FirstLook = 256;

    private readonly ConcurrentDictionary<RuleKey, RuleMetrics> _rules = new();
    private RuleMetrics? _others;
    private int _looks;
    private int _nextLook = FirstLook;

    /// <summary>Everything that is counted.</summary>
    public IEnumerable<RuleMetrics> All => _others is { } others ? _rules.Values.Append(others) : _rules.Values;

    /// <summary>Counters of a rule, made when it has none. For workers, once per object that the configuration makes of the rule.</summary>
    public RuleMetrics For(ListenerMetrics listener, RouteRule rule)
    {
        var key = RuleKey.Of(listener.Listener, rule);
        if (_rules.TryGetValue(key, out var known))
            return known;
        if (_rules.Count < MaxRules)
            return _rules.GetOrAdd(key, static (key, at) => new RuleMetrics(key, at.Gateway, at.Workers), (listener.Gateway, Workers: workers));
        const string name = ListenerMetricsBook.OthersName;
        return LazyInitializer.EnsureInitialized(ref _others, () => new RuleMetrics(new RuleKey(name, name, name), listener.Gateway, workers));
    }

    /// <summary>Drops what no listener has any more, if it is time to look. Every worker must have taken the listeners over.</summary>
    public void PruneIfGrown(ReadOnlySpan<RuntimeListener> listeners)
    {
        if (_rules.Count >= _nextLook)
            Prune(listeners);
    }

    /// <summary>Drops what no listener has any more. Every worker must have taken the listeners over.</summary>
    public void Prune(ReadOnlySpan<RuntimeListener> listeners)
    {
        if (_rules.IsEmpty)
            return;
        _looks++;
        foreach (var listener in listeners)
        {
            foreach (var virtualHost in listener.VirtualHosts.Values)
            {
                foreach (var entry in virtualHost.Routes.Entries)
                {
                    if (entry.Metrics is { } metrics || _rules.TryGetValue(RuleKey.Of(listener.Source.Name, entry.Rule.Source), out metrics))
                        metrics.SeenAt = _looks;
                }
            }
        }

        foreach (var (key, metrics) in _rules)
        {
            if (metrics.SeenAt != _looks)
                _rules.TryRemove(key, out _);
        }

        _nextLook = Math.Max(FirstLook, 2 * _rules.Count);
    }
}
