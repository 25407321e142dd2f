using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance.Procedures;

/// <summary>Tests of TCPRoute and UDPRoute, which go the same ways.</summary>
internal static class StreamRouteScripts
{
    /// <summary>creationTimestamp counts seconds: what is created after this is younger.</summary>
    private static readonly TimeSpan AgeStep = TimeSpan.FromMilliseconds(1100);

    public static IEnumerable<(string Name, Func<TestRun, Task> Procedure)> All =>
    [
        ("TCPRouteInvalidBackendRefNonexistent", run => NoBackendAsync(run, TestRun.TcpRoute("tcp-route-invalid-backend-ref-nonexistent"))),
        ("TCPRouteInvalidNonTCPListener", run => RefusedAsync(run, TestRun.TcpRoute("tcproute-non-tcp-listener"))),
        ("TCPRouteMultipleRoutesAttachment", run => OldestServesAsync(run, "TCPRoute", "tcp", 3000)),
        ("TCPRouteParentRefAttachAll", run => SelectionAsync(run, TestRun.TcpRoute("tcp-route-attach-all"))),
        ("TCPRouteParentRefPortAndSectionName", run => SelectionAsync(
            run,
            TestRun.TcpRoute("tcp-route-by-port"),
            TestRun.TcpRoute("tcp-route-by-section"),
            TestRun.TcpRoute("tcp-route-by-section-and-port"))),
        ("TCPRouteReferenceGrant", run => GrantAsync(run, TestRun.TcpRoute("tcp-reference-grant"), new ObjectKey("ReferenceGrant", TestRun.Web, "tcp-reference-grant"))),
        ("UDPRouteInvalidBackendRefNonexistent", run => NoBackendAsync(run, TestRun.UdpRoute("udp-route-invalid-backend-ref-nonexistent"))),
        ("UDPRouteNotAllowedByListeners", run => RefusedAsync(run, TestRun.UdpRoute("udproute-not-allowed-by-listeners"))),
        ("UDPRouteMultipleRoutesAttachment", run => OldestServesAsync(run, "UDPRoute", "udp", 8080)),
        ("UDPRouteParentRefAttachAllListeners", AttachAllUdpAsync),
        ("UDPRouteParentRefPortAndSectionName", run => SelectionAsync(
            run,
            TestRun.UdpRoute("udp-route-by-port"),
            TestRun.UdpRoute("udp-route-by-section"),
            TestRun.UdpRoute("udp-route-by-section-and-port"))),
        ("UDPRouteReferenceGrant", run => GrantAsync(run, TestRun.UdpRoute("udp-route-reference-grant"), new ObjectKey("ReferenceGrant", TestRun.App, "udp-reference-grant"))),
    ];

    /// <summary>A missing backend is the route's fault alone: the Gateway is accepted and programmed.</summary>
    private static async Task NoBackendAsync(TestRun run, ObjectKey route)
    {
        await run.ApplyAsync();
        await run.NamespacesReadyAsync(TestRun.Infra);
        await run.RouteConditionAsync(route, run.Gateway, False("ResolvedRefs", "BackendNotFound"));
    }

    private static async Task RefusedAsync(TestRun run, ObjectKey route)
    {
        await run.ApplyAsync();
        await run.RouteConditionAsync(route, run.Gateway, False("Accepted", "NotAllowedByListeners"));
        await run.NoAcceptedParentsAsync(route);
        await run.NoRoutesAttachedAsync(run.Gateway);
    }

    /// <summary>Each case is of one listener that the routes have chosen.</summary>
    private static async Task SelectionAsync(TestRun run, params IReadOnlyList<ObjectKey> routes)
    {
        await run.ApplyAsync();
        await run.ServedAsync(run.Gateway, routes);
        await run.CasesAsync();
    }

    private static async Task AttachAllUdpAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.ServedAsync(run.Gateway, TestRun.UdpRoute("udp-route-attach-all"));
        await run.ListenersAsync(run.Gateway, [.. new[] { "udp-1", "udp-2", "udp-3" }.Select(name => new ListenerExpectation(name, 1, ["UDPRoute"], True("Accepted"), True("ResolvedRefs")))]);
        await run.CasesAsync();
    }

    /// <summary>Traffic with the grant, and the condition after it was deleted.</summary>
    private static async Task GrantAsync(TestRun run, ObjectKey route, ObjectKey grant)
    {
        await run.ApplyAsync();
        await run.ServedAsync(run.Gateway, route);
        await run.CasesAsync();
        run.Delete(grant);
        await run.RouteConditionAsync(route, run.Gateway, False("ResolvedRefs", "RefNotPermitted"));
    }

    /// <summary>Two routes on one listener: both are accepted and counted, the older one serves.</summary>
    private static async Task OldestServesAsync(TestRun run, string kind, string protocol, int port)
    {
        var (older, newer) = (new ObjectKey(kind, TestRun.Infra, $"{protocol}route-attach-older"), new ObjectKey(kind, TestRun.Infra, $"{protocol}route-attach-newer"));
        await run.ApplyAsync();
        await run.AcceptedAsync(run.Gateway, older);
        await Task.Delay(AgeStep, run.Cancellation);
        await run.ApplyAsync($$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: {{kind}}
            metadata:
              name: {{newer.Name}}
              namespace: {{newer.Namespace}}
            spec:
              parentRefs:
              - name: {{run.Gateway.Name}}
                sectionName: {{protocol}}
              rules:
              - backendRefs:
                - name: {{protocol}}-attach-backend-2
                  port: {{port}}
            """);
        foreach (var route in new[] { older, newer })
            await run.RouteConditionAsync(route, run.Gateway, True("Accepted", "Accepted"));
        await run.ListenersAsync(run.Gateway, new ListenerExpectation(protocol, 2, [kind], True("Accepted", "Accepted")));
        await run.CasesAsync();
    }
}
