using Sluice.Resources.GatewayApi;
using Sluice.Translation.Hosts;

namespace Sluice.Translation.Routes;

/// <summary>
/// Of an HTTPRoute and a GRPCRoute with a hostname in common on one listener exactly one is accepted, the older, else the first
/// by namespace/name (HTTPRoute and GRPCRoute spec.hostnames). This knows which route claims which hostname where. It exists
/// only while there are routes of both kinds.
/// </summary>
internal sealed class RouteRivals
{
    private readonly Dictionary<(ListenerTable Listener, bool IsGrpc), Dictionary<string, HashSet<RouteMemo>>> _claims = [];

    public void Add(RouteMemo memo)
    {
        foreach (var claim in memo.Places.Claims)
        {
            var place = (claim.Listener, memo.Route is GrpcRoute);
            if (!_claims.TryGetValue(place, out var hosts))
                _claims.Add(place, hosts = new Dictionary<string, HashSet<RouteMemo>>(StringComparer.Ordinal));
            if (!hosts.TryGetValue(claim.Hostname, out var memos))
                hosts.Add(claim.Hostname, memos = []);
            memos.Add(memo);
        }
    }

    public void Remove(RouteMemo memo)
    {
        foreach (var claim in memo.Places.Claims)
        {
            var place = (claim.Listener, memo.Route is GrpcRoute);
            if (!_claims.TryGetValue(place, out var hosts) || !hosts.TryGetValue(claim.Hostname, out var memos))
                continue;
            memos.Remove(memo);
            if (memos.Count == 0)
                hosts.Remove(claim.Hostname);
            if (hosts.Count == 0)
                _claims.Remove(place);
        }
    }

    /// <summary>The route of the other kind that keeps this one from the listener; null when it may have its hostnames.</summary>
    public Layer7Route? FindElder(Route route, ListenerTable listener, IReadOnlyList<string> hostnames)
    {
        foreach (var hostname in hostnames)
        {
            foreach (var rival in Claiming(route, new Attachment(listener, hostname)))
            {
                if (RouteOrder.Compare(rival.Route, route) < 0 && Array.Exists(rival.Attachments, place => place.Listener == listener))
                    return rival.Route;
            }
        }
        return null;
    }

    /// <summary>Routes of the other kind that claim a hostname in common with a claim of this one, whether they serve it or not.</summary>
    public IEnumerable<Layer7Route> Of(RouteMemo memo) => memo.Places.Claims.SelectMany(claim => Claiming(memo.Route, claim)).Select(rival => rival.Route).Distinct<Layer7Route>(ReferenceEqualityComparer.Instance);

    private IEnumerable<RouteMemo> Claiming(Route route, Attachment claim)
    {
        if (!_claims.TryGetValue((claim.Listener, route is not GrpcRoute), out var hosts))
            yield break;
        var hostname = claim.Hostname;
        for (var wider = hostname; wider is not null; wider = Hostnames.Wider(wider))
        {
            if (!hosts.TryGetValue(wider, out var memos))
                continue;
            foreach (var memo in memos)
                yield return memo;
        }

        if (hostname[0] != '*')
            yield break;
        foreach (var (other, memos) in hosts)
        {
            if (other == hostname || !other.EndsWith(hostname[1..], StringComparison.Ordinal))
                continue;
            foreach (var memo in memos)
                yield return memo;
        }
    }
}
