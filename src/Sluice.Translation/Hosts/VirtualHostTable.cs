using Sluice.Configuration;
using Sluice.Translation.Gateways;
using Sluice.Translation.Routes;

namespace Sluice.Translation.Hosts;

/// <summary>The virtual hosts of a listener with protocol HTTP or HTTPS.</summary>
internal sealed class VirtualHostTable(ListenerOwner owner, string name) : HostTable<RouteMemo, VirtualHost>(owner, name)
{
    protected override string HostnameOf(VirtualHost host) => host.Hostname;

    protected override VirtualHost Build(string hostname, RouteMemo[] owners, VirtualHost? old)
    {
        var routes = owners.Length == 1 ? owners[0].EntriesOn(this) : Merge(owners);
        return old is not null && Same(old.Routes, routes) ? old : new VirtualHost { Hostname = hostname, Routes = routes };
    }

    private RouteEntry[] Merge(RouteMemo[] owners)
    {
        var count = 0;
        foreach (var owner in owners)
            count += owner.Entries.Length;
        var entries = new RouteEntry[count];
        var ranks = new ulong[count];
        var position = 0;
        foreach (var owner in owners)
        {
            var own = owner.EntriesOn(this);
            for (var i = 0; i < own.Length; i++, position++)
            {
                entries[position] = own[i];
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
