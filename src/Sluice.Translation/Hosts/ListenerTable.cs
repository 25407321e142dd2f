using Sluice.Configuration;
using Sluice.Translation.Gateways;
using Sluice.Translation.Routes;

namespace Sluice.Translation.Hosts;

/// <summary>
/// The virtual hosts of one listener, sorted by hostname, with the routes that make each of them up. Changes are collected and
/// merged in one pass: the cost is a copy of two arrays of references plus work for the hosts that changed.
/// </summary>
internal sealed class ListenerTable(GatewayState gateway, string name)
{
    private readonly List<(string Hostname, RouteMemo Memo, bool Added)> _changes = [];
    private VirtualHost[] _hosts = [];
    private RouteMemo[][] _owners = [];

    public GatewayState Gateway { get; } = gateway;

    public string Name { get; } = name;

    /// <summary>Number of accepted routes.</summary>
    public int AttachedRoutes { get; set; }

    public IReadOnlyList<VirtualHost> Hosts => _hosts;

    public void Add(string hostname, RouteMemo memo) => _changes.Add((hostname, memo, true));

    public void Remove(string hostname, RouteMemo memo) => _changes.Add((hostname, memo, false));

    public void Commit()
    {
        if (_changes.Count == 0)
            return;
        _changes.Sort((one, other) => string.CompareOrdinal(one.Hostname, other.Hostname));
        var hosts = new List<VirtualHost>(_hosts.Length + _changes.Count);
        var owners = new List<RouteMemo[]>(hosts.Capacity);
        var differs = false;
        var next = 0;
        for (var i = 0; i < _changes.Count;)
        {
            var hostname = _changes[i].Hostname;
            var first = i;
            while (i < _changes.Count && _changes[i].Hostname == hostname)
                i++;
            for (; next < _hosts.Length && string.CompareOrdinal(_hosts[next].Hostname, hostname) < 0; next++)
                Keep(next);
            var known = next < _hosts.Length && _hosts[next].Hostname == hostname;
            var merged = MergeOwners(known ? _owners[next] : [], first, i);
            var old = known ? _hosts[next] : null;
            if (known)
                next++;
            if (merged.Length == 0)
            {
                differs |= known;
                continue;
            }
            var host = Build(hostname, merged, old);
            hosts.Add(host);
            owners.Add(merged);
            differs |= !ReferenceEquals(host, old);
        }
        for (; next < _hosts.Length; next++)
            Keep(next);
        _changes.Clear();
        _changes.TrimExcess();
        _owners = [.. owners];
        if (differs)
            _hosts = [.. hosts];

        void Keep(int index)
        {
            hosts.Add(_hosts[index]);
            owners.Add(_owners[index]);
        }
    }

    private RouteMemo[] MergeOwners(RouteMemo[] old, int first, int end)
    {
        if (old.Length == 0 && end - first == 1)
            return _changes[first].Added ? [_changes[first].Memo] : [];
        var set = new HashSet<RouteMemo>(old, ReferenceEqualityComparer.Instance);
        for (var i = first; i < end; i++)
        {
            if (!_changes[i].Added)
                set.Remove(_changes[i].Memo);
        }
        for (var i = first; i < end; i++)
        {
            if (_changes[i].Added)
                set.Add(_changes[i].Memo);
        }
        RouteMemo[] merged = [.. set];
        Array.Sort(merged, (one, other) => RouteOrder.Compare(one.Route, other.Route));
        return merged;
    }

    private static VirtualHost Build(string hostname, RouteMemo[] owners, VirtualHost? old)
    {
        var routes = owners.Length == 1 ? owners[0].Entries : Merge(owners);
        return old is not null && Same(old.Routes, routes) ? old : new VirtualHost { Hostname = hostname, Routes = routes };
    }

    private static RouteEntry[] Merge(RouteMemo[] owners)
    {
        var count = 0;
        foreach (var owner in owners)
            count += owner.Entries.Length;
        var entries = new RouteEntry[count];
        var ranks = new ulong[count];
        var position = 0;
        foreach (var owner in owners)
        {
            for (var i = 0; i < owner.Entries.Length; i++, position++)
            {
                entries[position] = owner.Entries[i];
                ranks[position] = owner.RankOf(i);
            }
        }
        RouteOrder.Sort(entries, ranks);
        return entries;
    }

    private static bool Same(IReadOnlyList<RouteEntry> one, RouteEntry[] other)
    {
        if (ReferenceEquals(one, other))
            return true;
        if (one.Count != other.Length)
            return false;
        for (var i = 0; i < other.Length; i++)
        {
            if (!ReferenceEquals(one[i], other[i]))
                return false;
        }
        return true;
    }
}
