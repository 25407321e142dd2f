using System.Runtime.InteropServices;

namespace Sluice.Configuration.Streaming;

/// <summary>
/// The rules of a configuration, each once and in the order of its first use. Of thousands of virtual hosts few change at a time: the
/// table is then made of the one before, and the hosts that stay are not looked into.
/// </summary>
internal sealed class RuleTable
{
    /// <summary>Hosts and entries that may have changed for that; with more, all are walked through.</summary>
    private const int MostChanged = 64;

    /// <summary>How many rules come before each virtual host, over all listeners, and after the last; null when hosts share rules.</summary>
    private readonly int[]? _starts;

    private RuleTable(RouteRule[] rules, int[]? starts)
    {
        Rules = rules;
        _starts = starts;
    }

    public RouteRule[] Rules { get; }

    /// <param name="configuration">What is asked of.</param>
    /// <param name="before">Another, and its table; or null.</param>
    public static RuleTable Of(ProxyConfiguration configuration, (ProxyConfiguration Configuration, RuleTable Table)? before) =>
        (before is { } known ? known.Table.Change(known.Configuration, configuration) : null) ?? Collect(configuration, before?.Table.Rules.Length ?? 0);

    private static RuleTable Collect(ProxyConfiguration configuration, int expected)
    {
        using var rules = new DistinctItems<RouteRule>(expected);
        var starts = new List<int>(expected + 1) { 0 };
        var isShared = false;
        foreach (var listener in configuration.Listeners)
        {
            foreach (var host in listener.VirtualHosts)
            {
                foreach (var entry in host.Routes)
                    isShared |= rules.Add(entry.Rule) < starts[^1];
                starts.Add(rules.Count);
            }
        }

        return new RuleTable(rules.ToArray(), isShared ? null : [.. starts]);
    }

    /// <summary>Null when too much is different, or when rules would be shared.</summary>
    private RuleTable? Change(ProxyConfiguration before, ProxyConfiguration now)
    {
        if (_starts is null || before.Listeners.Count != now.Listeners.Count)
            return null;
        var (changed, offset) = (-1, 0);
        for (var i = 0; i < now.Listeners.Count; i++)
        {
            if (!ReferenceEquals(before.Listeners[i], now.Listeners[i]))
            {
                if (changed >= 0)
                    return null;
                changed = i;
            }
            else if (changed < 0)
            {
                offset += now.Listeners[i].VirtualHosts.Count;
            }
        }

        return changed < 0 ? this : Change(before.Listeners[changed].VirtualHosts, now.Listeners[changed].VirtualHosts, offset);
    }

    private RuleTable? Change(IReadOnlyList<VirtualHost> before, IReadOnlyList<VirtualHost> now, int offset)
    {
        var first = 0;
        while (first < before.Count && first < now.Count && ReferenceEquals(before[first], now[first]))
            first++;
        var (oldEnd, end) = (before.Count, now.Count);
        while (oldEnd > first && end > first && ReferenceEquals(before[oldEnd - 1], now[end - 1]))
            (oldEnd, end) = (oldEnd - 1, end - 1);

        var (from, to) = (_starts![offset + first], _starts[offset + oldEnd]);
        var (rules, starts) = (new List<RouteRule>(), new List<int>());
        for (var i = first; i < end; i++)
        {
            starts.Add(from + rules.Count);
            if (starts.Count > MostChanged || now[i].Routes.Count > MostChanged || !TryAdd(now[i], from, to, rules))
                return null;
        }

        var shift = rules.Count - (to - from);
        foreach (var start in _starts.AsSpan(offset + oldEnd))
            starts.Add(start + shift);
        return new RuleTable([.. Rules.AsSpan(0, from), .. rules, .. Rules.AsSpan(to)], [.. _starts.AsSpan(0, offset + first), .. starts]);
    }

    /// <summary>False when one of its rules is of another host too.</summary>
    private bool TryAdd(VirtualHost host, int from, int to, List<RouteRule> rules)
    {
        var start = rules.Count;
        foreach (var entry in host.Routes)
        {
            var known = IndexOf(CollectionsMarshal.AsSpan(rules), entry.Rule);
            if (known >= start)
                continue;
            if (known >= 0 || IndexOf(Rules.AsSpan(0, from), entry.Rule) >= 0 || IndexOf(Rules.AsSpan(to), entry.Rule) >= 0)
                return false;
            rules.Add(entry.Rule);
        }

        return true;
    }

    private static int IndexOf(ReadOnlySpan<RouteRule> rules, RouteRule rule)
    {
        for (var i = 0; i < rules.Length; i++)
        {
            if (ReferenceEquals(rules[i], rule))
                return i;
        }

        return -1;
    }
}
