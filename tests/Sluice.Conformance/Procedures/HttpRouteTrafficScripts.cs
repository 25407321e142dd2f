using Sluice.Conformance.Cluster;
using Sluice.Conformance.Traffic;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance.Procedures;

/// <summary>Tests of HTTPRoutes that do more than send their cases.</summary>
internal static class HttpRouteTrafficScripts
{
    public static IEnumerable<(string Name, Func<TestRun, Task> Procedure)> All =>
    [
        ("GatewayHTTPListenerIsolation", ListenerIsolationAsync),
        ("HTTPRouteBackendProtocolWebSocket", WebSocketAsync),
        ("HTTPRouteCORS", CorsAsync),
        ("HTTPRouteReferenceGrant", ReferenceGrantAsync),
        ("HTTPRouteRequestHeaderModifierBackendWeights", HeaderPerBackendAsync),
        ("HTTPRouteServiceTypes", ServiceTypesAsync),
        ("HTTPRouteHostnameIntersection", HostnameIntersectionAsync),
        ("HTTPRouteRedirectPortAndScheme", RedirectPortAndSchemeAsync),
    ];

    /// <summary>The regular statuses name the routes of the first Gateway; those of the second bear names with a suffix.</summary>
    private static async Task ListenerIsolationAsync(TestRun run)
    {
        const string suffix = "-with-hostname-intersection";
        await run.ApplyAsync();
        foreach (var gateway in run.Gateways)
        {
            var routes = new[] { "attaches-to-empty-hostname", "attaches-to-wildcard-example-com", "attaches-to-wildcard-foo-example-com", "attaches-to-abc-foo-example-com" }
                .Select(name => TestRun.HttpRoute(gateway.Name.EndsWith(suffix, StringComparison.Ordinal) ? name + suffix : name))
                .ToList();
            await run.ServedAsync(gateway, routes);
        }
        await run.CasesAsync();
    }

    private static async Task WebSocketAsync(TestRun run)
    {
        await RegularProcedure.StatusesAsync(run);
        var target = await run.TargetAsync(run.Gateway);
        await Consistency.HoldsAsync("WebSocket /ws", token => WebSocketProbe.RunAsync(run.Rig.Client, target, TestRun.Authority(target), token), run.Cancellation);
    }

    /// <summary>The last status line is in words of its own; the rest is regular.</summary>
    private static async Task CorsAsync(TestRun run)
    {
        var routes = new[] { "cors-multiple-origins-methods-headers", "cors-wildcard-methods", "cors-wildcard-origin", "cors-wildcard-methods-headers" }.Select(name => TestRun.HttpRoute(name)).ToList();
        await run.ApplyAsync();
        await run.ServedAsync(run.Gateway, routes);
        await run.CasesAsync();
    }

    /// <summary>First case with the grant, second one after it was deleted.</summary>
    private static async Task ReferenceGrantAsync(TestRun run)
    {
        await RegularProcedure.StatusesAsync(run);
        await run.CaseAsync(run.Gateway, run.Data.Cases[0]);
        run.Delete(new ObjectKey("ReferenceGrant", TestRun.Web, "reference-grant"));
        await run.CaseAsync(run.Gateway, run.Data.Cases[1]);
    }

    private static async Task HeaderPerBackendAsync(TestRun run)
    {
        await RegularProcedure.StatusesAsync(run);
        await run.EachAsync(await run.TargetAsync(run.Gateway), run.Data.Cases[0], seen =>
            seen.Headers.LinesOf("Backend") == 1 && seen.Pod.StartsWith(seen.Headers["Backend"]!, StringComparison.Ordinal)
                ? null
                : $"pod {seen.Pod} saw {seen.Headers.LinesOf("Backend")} lines of Backend: {seen.Headers["Backend"]}");
    }

    /// <summary>The slices without a selector get the addresses of infra-backend-v1's pods, those for IPv6 none.</summary>
    private static async Task ServiceTypesAsync(TestRun run)
    {
        await RegularProcedure.StatusesAsync(run);
        var endpoints = EndpointSlices.Endpoints(run.Rig.Pods().Where(pod => pod.Namespace == TestRun.Infra && pod.Labels["app"] == "infra-backend-v1"));
        foreach (var name in new[] { "manual-endpointslices-ip4", "headless-manual-endpointslices-ip4" })
            await run.PatchAsync(new ObjectKey("EndpointSlice", TestRun.Infra, name), $$"""{"endpoints":{{endpoints.ToJsonString()}} }""");
        await run.CasesAsync();
    }

    /// <summary>A case's port says which of the Gateways it is for: each has one port of its own.</summary>
    private static async Task RedirectPortAndSchemeAsync(TestRun run)
    {
        await RegularProcedure.StatusesAsync(run);
        var gateways = run.Gateways.Zip([80, 8080, 443]).ToDictionary(pair => pair.Second, pair => pair.First);
        foreach (var item in run.Data.Cases)
            await run.CaseAsync(gateways[item.Request.Port!.Value], item);
    }

    private static async Task HostnameIntersectionAsync(TestRun run)
    {
        await RegularProcedure.StatusesAsync(run);
        var gateway = run.Gateways[0];
        await run.RouteConditionAsync(TestRun.HttpRoute("no-intersecting-hosts"), gateway, False("Accepted", "NoMatchingListenerHostname"));
        await run.ListenersAsync(
            gateway,
            new("listener-1", 2, ["HTTPRoute"], True("Accepted"), True("ResolvedRefs")),
            new("listener-2", 1, ["HTTPRoute"], True("Accepted"), True("ResolvedRefs")),
            new("listener-3", 1, ["HTTPRoute"], True("Accepted"), True("ResolvedRefs")));
        await run.CasesAsync();
    }
}
