using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance.Procedures;

/// <summary>Tests of routes whose parents are ListenerSets.</summary>
internal static class ListenerSetRouteScripts
{
    private static readonly string[] HttpRouteKind = ["HTTPRoute"];

    public static IEnumerable<(string Name, Func<TestRun, Task> Procedure)> All =>
    [
        ("ListenerSetAllowedRoutesNamespaces", AllowedNamespacesAsync),
        ("ListenerSetDualParentRefIndependence", DualParentRefAsync),
        ("ListenerSetGatewayParentSectionNameNotFound", SectionNameNotFoundAsync),
        ("ListenerSetHTTPRouting", RoutingAsync),
        ("ListenerSetRouteStatusScopedToParentRef", ScopedStatusAsync),
    ];

    private static async Task AllowedNamespacesAsync(TestRun run)
    {
        const string space = "gateway-api-ls-cross-ns";
        var set = TestRun.ListenerSet("listenerset-test-allowed-routes-namespaces");
        var crossing = TestRun.ListenerSet("listenerset-test-allowed-routes-cross-ns", space);
        await run.ApplyAsync();
        await BeginAsync(run, 2);
        foreach (var route in new[]
        {
            TestRun.HttpRoute("route-in-same-namespace"),
            TestRun.HttpRoute("route-in-selected-namespace", "gateway-api-routes-allowed-ns"),
            TestRun.HttpRoute("route-not-in-selected-namespace", "gateway-api-routes-not-allowed-ns"),
        })
            await run.RouteConditionAsync(route, set, True("Accepted", "Accepted"));
        await run.ListenerSetListenersAsync(
            set,
            Ready("listener-set-listener-allowed-routes-all", 3),
            Ready("listener-set-listener-allowed-routes-same", 1),
            Ready("listener-set-listener-allowed-routes-selector", 1));
        await run.RouteConditionAsync(TestRun.HttpRoute("route-in-listenerset-namespace", space), crossing, True("Accepted", "Accepted"));
        await run.RouteConditionAsync(TestRun.HttpRoute("route-in-gateway-namespace"), crossing, False("Accepted", "NotAllowedByListeners"));
        await run.ListenerSetListenersAsync(crossing, Ready("listener-set-listener-allowed-routes-cross-ns-same", 1));
        await run.CasesAsync();
    }

    private static async Task DualParentRefAsync(TestRun run)
    {
        var set = TestRun.ListenerSet("ls-dual-parentref");
        await run.ApplyAsync();
        await BeginAsync(run, 1);
        await run.RouteConditionAsync(TestRun.HttpRoute("route-dual-parentref-both"), run.Gateway, True("Accepted"));
        await run.RouteConditionAsync(TestRun.HttpRoute("route-dual-parentref-both"), set, True("Accepted"));
        await run.RouteConditionAsync(TestRun.HttpRoute("route-dual-parentref-one"), run.Gateway, False("Accepted", "NoMatchingParent"));
        await run.RouteConditionAsync(TestRun.HttpRoute("route-dual-parentref-one"), set, True("Accepted"));
        await run.ListenerSetListenersAsync(set, Ready("ls-dual-parentref-listener", 2));
        await run.CasesAsync();
    }

    private static async Task SectionNameNotFoundAsync(TestRun run)
    {
        var set = TestRun.ListenerSet("listenerset-section-name");
        await run.ApplyAsync();
        await BeginAsync(run, 1);
        await run.RouteConditionAsync(TestRun.HttpRoute("route-via-listenerset"), set, True("Accepted", "Accepted"));
        await run.ListenerSetReadyAsync(set);
        await run.RouteConditionAsync(TestRun.HttpRoute("route-via-gateway"), run.Gateway, False("Accepted", "NoMatchingParent"));
        await run.CasesAsync();
    }

    private static async Task RoutingAsync(TestRun run)
    {
        await run.ApplyAsync();
        await BeginAsync(run, 2);
        foreach (var name in new[] { "attaches-to-all-listeners", "gateway-route", "gateway-section-route" })
            await run.RouteConditionAsync(TestRun.HttpRoute(name), run.Gateway, True("Accepted", "Accepted"));
        foreach (var (set, first) in new[] { ("listener-set-http-routing-1", 3), ("listener-set-http-routing-2", 2) })
            await run.ListenerSetListenersAsync(TestRun.ListenerSet(set), Ready($"{set}-listener-1", first), Ready($"{set}-listener-2", 2));
        await run.CasesAsync();
    }

    private static async Task ScopedStatusAsync(TestRun run)
    {
        var set = TestRun.ListenerSet("listenerset-parentref");
        await run.ApplyAsync();
        await BeginAsync(run, 1);
        await OnlyParentAsync(run, TestRun.HttpRoute("route-parentref-gwonly"), run.Gateway);
        await OnlyParentAsync(run, TestRun.HttpRoute("route-parentref-lsonly"), set);
        await run.ListenerSetListenersAsync(set, Ready("listenerset-parentref-listener", 1));
    }

    private static async Task BeginAsync(TestRun run, int sets)
    {
        await run.GatewayConditionAsync(run.Gateway, True("Accepted"));
        await run.AttachedListenerSetsAsync(run.Gateway, sets);
    }

    /// <summary>Accepted by the one parent; a second entry would be somebody's who was not asked.</summary>
    private static async Task OnlyParentAsync(TestRun run, ObjectKey route, ObjectKey parent)
    {
        await run.RouteConditionAsync(route, parent, True("Accepted"));
        await run.ParentCountAsync(route, 1);
    }

    private static ListenerExpectation Ready(string name, int routes) => new(name, routes, HttpRouteKind, True("ResolvedRefs"), True("Accepted"), True("Programmed"));
}
