using System.Collections.Immutable;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Gateways;
using Sluice.Translation.Hosts;
using Sluice.Translation.Policies.Traffic;
using Sluice.Translation.References;

namespace Sluice.Translation.Routes;

/// <summary>Brings the memo of one route up to date and tells the listeners and clusters what that adds and removes.</summary>
internal sealed class RouteUpdater(RouteCompiler compiler, RouteAttacher attacher, RoutePolicyApplier policies, NamespaceLabels namespaces, RouteRivals? rivals)
{
    /// <param name="memos">Where the memo is kept.</param>
    /// <param name="key">Of the route.</param>
    /// <param name="route">Null when it is gone.</param>
    /// <param name="compile">Whether its rules must be compiled; false when only its parents changed.</param>
    public void Update(ImmutableDictionary<NamespacedName, RouteMemo>.Builder memos, NamespacedName key, Layer7Route? route, bool compile)
    {
        memos.TryGetValue(key, out var old);
        if (route is null || !attacher.Concerns(route))
        {
            if (old is not null)
            {
                Detach(old);
                rivals?.Remove(old);
                policies.Replace(old, null);
                memos.Remove(key);
            }
            return;
        }

        // Entries with policies are of no use for others: what was compiled without is not kept.
        var compiled = compile || old is null || old.Policies is not null ? compiler.Compile(route, old?.Compiled) : old.Compiled;
        var (places, status) = attacher.Attach(route, compiled.Verdict, namespaces, old?.Status);
        compiled = policies.Apply(route, compiled, places.Attachments, old, out var policed);
        if (old is not null
            && ReferenceEquals(old.Route, route)
            && ReferenceEquals(old.Entries, compiled.Entries)
            && SamePoliced(old.Compiled, compiled)
            && (policed is null ? old.Policies is null : policed.IsSame(old.Policies))
            && ReferenceEquals(old.Status, status)
            && old.Verdict == compiled.Verdict
            && old.Places.IsSame(places))
        {
            rivals?.Add(old);
            return;
        }

        var memo = new RouteMemo(route, compiled, policed, places, status);
        if (old is not null)
        {
            Detach(old);
            rivals?.Remove(old);
        }
        Attach(memo);
        rivals?.Add(memo);
        policies.Replace(old, memo);
        memos[key] = memo;
    }

    private static bool SamePoliced(CompiledRoute one, CompiledRoute other) =>
        one.PolicedServices.AsSpan().SequenceEqual(other.PolicedServices);

    private static void Attach(RouteMemo memo)
    {
        foreach (var attachment in memo.Attachments)
            ((VirtualHostTable)attachment.Listener).Add(attachment.Hostname, memo);
        Count(memo, 1);
        foreach (var gateway in Gateways(memo))
        {
            gateway.IsStale = true;
            VisitClusters(memo, gateway.Clusters.Use);
            foreach (var service in memo.Compiled.PolicedServices ?? [])
                gateway.PolicedServices.Use(service);
        }
    }

    private static void Detach(RouteMemo memo)
    {
        foreach (var attachment in memo.Attachments)
            ((VirtualHostTable)attachment.Listener).Remove(attachment.Hostname, memo);
        Count(memo, -1);
        foreach (var gateway in Gateways(memo))
        {
            gateway.IsStale = true;
            VisitClusters(memo, gateway.Clusters.Drop);
            foreach (var service in memo.Compiled.PolicedServices ?? [])
                gateway.PolicedServices.Drop(service);
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
        VisitClusters(memo.Entries, visit);
        foreach (var entries in memo.Policies?.Variants?.Values ?? [])
            VisitClusters(entries, visit);
        foreach (var cluster in memo.Policies?.Clusters ?? [])
            visit(cluster);
    }

    private static void VisitClusters(RouteEntry[] entries, Action<string> visit)
    {
        foreach (var entry in entries)
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
