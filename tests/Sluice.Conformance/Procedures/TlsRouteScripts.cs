using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance.Procedures;

/// <summary>Tests of TLSRoute and of the listeners that it can attach to.</summary>
internal static class TlsRouteScripts
{
    private static readonly string[] TlsRouteKind = ["TLSRoute"];

    public static IEnumerable<(string Name, Func<TestRun, Task> Procedure)> All =>
    [
        ("TLSRouteHostnameIntersection", HostnameIntersectionAsync),
        ("TLSRouteInvalidNoMatchingListener", NoMatchingListenerAsync),
        ("TLSRouteInvalidNoMatchingListenerHostname", NoMatchingHostnameAsync),
        ("TLSRouteListenerMixedTerminationNotSupported", MixedNotSupportedAsync),
        ("TLSRouteListenerPassthroughSupportedKinds", run => ListenersAsync(run, new ListenerExpectation("tls-passthrough", 0, TlsRouteKind, False("ResolvedRefs", "InvalidRouteKinds")))),
        ("TLSRouteListenerTerminateNotSupported", TerminateNotSupportedAsync),
        ("TLSRouteListenerTerminateSupportedKinds", run => ListenersAsync(run, new ListenerExpectation("tls-terminate", 0, TlsRouteKind, True("Accepted", "Accepted")))),
        ("TLSRouteMixedTerminationSameNamespace", MixedAsync),
    ];

    private static async Task HostnameIntersectionAsync(TestRun run)
    {
        await run.ApplyAsync();
        foreach (var (gateway, suffix) in run.Gateways.Zip(["x-1", "x-2", "x-3", "x-4"]))
            await run.ServedAsync(gateway, TestRun.TlsRoute($"tlsroute-exact-{suffix}"), TestRun.TlsRoute($"tlsroute-wildcard-{suffix}"));
        await run.CasesAsync();
    }

    private static async Task NoMatchingListenerAsync(TestRun run)
    {
        var (http, https) = (TestRun.GatewayKey("gateway-tlsroute-http-only"), TestRun.GatewayKey("gateway-tlsroute-https-only"));
        await run.ApplyAsync();
        await RefusedAsync(run, "tlsroute-not-allowed-protocol-http", http, "NotAllowedByListeners");
        await RefusedAsync(run, "tlsroute-not-allowed-protocol-https", https, "NotAllowedByListeners");
        await RefusedAsync(run, "tlsroute-no-matching-section-name", TestRun.GatewayKey("gateway-tlsroute-tls-passthrough-only"), "NoMatchingParent");
        await run.NoRoutesAttachedAsync(http);
        await run.NoRoutesAttachedAsync(https);
    }

    private static async Task NoMatchingHostnameAsync(TestRun run)
    {
        await run.ApplyAsync();
        foreach (var (gateway, route) in run.Gateways.Zip(["tlsroute-hostname-mismatch-1", "tlsroute-hostname-mismatch-2"]))
        {
            await RefusedAsync(run, route, gateway, "NoMatchingListenerHostname");
            await run.NoRoutesAttachedAsync(gateway);
        }
    }

    /// <summary>As the suite does it: nothing to see where the feature is claimed.</summary>
    private static async Task MixedNotSupportedAsync(TestRun run)
    {
        if (run.Rig.Features.Contains("TLSRouteModeMixed"))
            return;
        await ListenersAsync(
            run,
            new ListenerExpectation("tls-terminate", 0, [], False("Accepted", "ProtocolConflict")),
            new ListenerExpectation("tls-passthrough", 0, [], False("Accepted", "ProtocolConflict")));
    }

    /// <summary>As the suite does it: nothing to see where the feature is claimed.</summary>
    private static async Task TerminateNotSupportedAsync(TestRun run)
    {
        if (run.Rig.Features.Contains("TLSRouteModeTerminate"))
            return;
        await ListenersAsync(run, new ListenerExpectation("tls-terminate", 0, [], False("Accepted", "UnsupportedValue")));
    }

    private static async Task MixedAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.AcceptedAsync(run.Gateway, TestRun.TlsRoute("gateway-conformance-mixed-passthroughroute"), TestRun.TlsRoute("gateway-conformance-mixed-terminateroute"));
        await run.ListenersAsync(
            run.Gateway,
            new ListenerExpectation("tls-terminate", 1, TlsRouteKind, True("Accepted", "Accepted")),
            new ListenerExpectation("tls-passthrough", 1, TlsRouteKind, True("Accepted", "Accepted")));
        await run.CasesAsync();
    }

    private static async Task ListenersAsync(TestRun run, params IReadOnlyList<ListenerExpectation> expected)
    {
        await run.ApplyAsync();
        await run.ListenersAsync(run.Gateway, expected);
    }

    private static async Task RefusedAsync(TestRun run, string route, ObjectKey gateway, string reason)
    {
        await run.RouteConditionAsync(TestRun.TlsRoute(route), gateway, False("Accepted", reason));
        await run.NoAcceptedParentsAsync(TestRun.TlsRoute(route));
    }
}
