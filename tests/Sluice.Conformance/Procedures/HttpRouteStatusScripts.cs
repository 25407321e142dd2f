using Sluice.Conformance.Cluster;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance.Procedures;

/// <summary>Tests of HTTPRoute statuses alone.</summary>
internal static class HttpRouteStatusScripts
{
    private static readonly ObjectKey SameNamespace = TestRun.GatewayKey("same-namespace");

    public static IEnumerable<(string Name, Func<TestRun, Task> Procedure)> All =>
    [
        ("HTTPRouteDisallowedKind", run => RefusedAsync(run, TestRun.HttpRoute("disallowed-kind"), "NotAllowedByListeners", isResolved: true)),
        ("HTTPRouteInvalidCrossNamespaceParentRef", run => RefusedAsync(run, TestRun.HttpRoute("invalid-cross-namespace-parent-ref", TestRun.Web), "NotAllowedByListeners", isResolved: true)),
        ("HTTPRouteInvalidParentRefNotMatchingListenerPort", run => RefusedAsync(run, TestRun.HttpRoute("httproute-listener-not-matching-route-port"), "NoMatchingParent", isResolved: true)),
        ("HTTPRouteInvalidParentRefNotMatchingSectionName", run => RefusedAsync(run, TestRun.HttpRoute("httproute-listener-not-matching-section-name"), "NoMatchingParent", isResolved: false)),
        ("HTTPRouteInvalidParentRefSectionNameNotMatchingPort", run => RefusedAsync(run, TestRun.HttpRoute("httproute-section-name-not-matching-port"), "NoMatchingParent", isResolved: false)),
        ("HTTPRouteObservedGenerationBump", ObservedGenerationBumpAsync),
    ];

    /// <summary>Accepted=False with the reason, no accepted parent, and nothing counted at the Gateway.</summary>
    private static async Task RefusedAsync(TestRun run, ObjectKey route, string reason, bool isResolved)
    {
        await run.ApplyAsync();
        if (isResolved)
            await run.RouteConditionAsync(route, run.Gateway, True("ResolvedRefs", "ResolvedRefs"));
        await run.RouteConditionAsync(route, run.Gateway, False("Accepted", reason));
        await run.NoAcceptedParentsAsync(route);
        await run.NoRoutesAttachedAsync(run.Gateway);
    }

    private static async Task ObservedGenerationBumpAsync(TestRun run)
    {
        var route = TestRun.HttpRoute("observed-generation-bump");
        await run.ApplyAsync();
        await run.NamespacesReadyAsync(TestRun.Infra);
        await run.RouteConditionAsync(route, SameNamespace, True("Accepted"));
        await run.RouteCurrentAsync(route);
        var before = await run.GenerationAsync(route);

        await run.PatchAsync(route, """{"spec":{"rules":[{"backendRefs":[{"name":"infra-backend-v2","port":8080}]}]}}""");

        await run.RouteConditionAsync(route, SameNamespace, True("Accepted"));
        await run.RouteConditionAsync(route, SameNamespace, True("ResolvedRefs", "ResolvedRefs"));
        await run.RouteCurrentAsync(route);
        if (await run.GenerationAsync(route) is var after && after <= before)
            throw new ConformanceException($"{route}: generation {after} after the patch, {before} before");
    }
}
