using System.Collections.Immutable;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Gateways;
using Sluice.Translation.Hosts;
using Sluice.Translation.References;

namespace Sluice.Translation.Routes;

/// <summary>Brings the memo of one route up to date and tells the listeners and clusters what that adds and removes.</summary>
internal sealed class RouteUpdater(RouteCompiler compiler, RouteAttacher attacher, NamespaceLabels namespaces)
{
    /// <param name="memos">Where the memo is kept.</param>
    /// <param name="key">Of the route.</param>
    /// <param name="route">Null when it is gone.</param>
    /// <param name="compile">Whether its rules must be compiled; false when only its parents changed.</param>
    public void Update(ImmutableDictionary<NamespacedName, RouteMemo>.Builder memos, NamespacedName key, HttpRoute? route, bool compile)
    {
        memos.TryGetValue(key, out var old);
        if (route is null || !attacher.Concerns(route))
        {
            if (old is not null)
            {
                Detach(old);
                memos.Remove(key);
            }
            return;
        }

        var (entries, verdict) = compile || old is null
            ? compiler.Compile(route, old?.Entries ?? [])
            : (old.Entries, old.Verdict);
        var (attachments, status) = attacher.Attach(route, verdict, namespaces, old?.Status);
        if (old is not null
            && ReferenceEquals(old.Route, route)
            && ReferenceEquals(old.Entries, entries)
            && ReferenceEquals(old.Status, status)
            && old.Verdict == verdict
            && old.Attachments.AsSpan().SequenceEqual(attachments))
            return;

        var memo = new RouteMemo(route, entries, verdict, attachments, status);
        if (old is not null)
            Detach(old);
        Attach(memo);
        memos[key] = memo;
    }

    private static void Attach(RouteMemo memo)
    {
        foreach (var attachment in memo.Attachments)
            attachment.Listener.Add(attachment.Hostname, memo);
        Count(memo, 1);
        foreach (var gateway in Gateways(memo))
        {
            gateway.IsStale = true;
            VisitClusters(memo, gateway.Clusters.Use);
        }
    }

    private static void Detach(RouteMemo memo)
    {
        foreach (var attachment in memo.Attachments)
            attachment.Listener.Remove(attachment.Hostname, memo);
        Count(memo, -1);
        foreach (var gateway in Gateways(memo))
        {
            gateway.IsStale = true;
            VisitClusters(memo, gateway.Clusters.Drop);
        }
    }

    private static void Count(RouteMemo memo, int change)
    {
        if (!memo.Counts)
            return;
        foreach (var listener in Listeners(memo))
            listener.AttachedRoutes += change;
    }

    private static IEnumerable<ListenerTable> Listeners(RouteMemo memo) => memo.Attachments.Select(attachment => attachment.Listener).Distinct();

    private static IEnumerable<GatewayState> Gateways(RouteMemo memo) => memo.Attachments.Select(attachment => attachment.Listener.Gateway).Distinct();

    // Entries of one rule share it and may stand apart, so that a cluster can be visited more than once: as often when the
    // same memo is detached, which is all that counting uses needs.
    private static void VisitClusters(RouteMemo memo, Action<string> visit)
    {
        foreach (var entry in memo.Entries)
        {
            if (entry.Rule.Action is not ForwardAction forward)
                continue;
            VisitMirrors(entry.Rule.Mirrors, visit);
            foreach (var backend in forward.Backends)
            {
                if (backend.Cluster is not null)
                    visit(backend.Cluster);
                VisitMirrors(backend.Mirrors, visit);
            }
        }
    }

    private static void VisitMirrors(IReadOnlyList<RequestMirror> mirrors, Action<string> visit)
    {
        for (var i = 0; i < mirrors.Count; i++)
        {
            if (mirrors[i].Cluster is { } cluster)
                visit(cluster);
        }
    }
}
