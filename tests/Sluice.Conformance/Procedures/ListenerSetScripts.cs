using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance.Procedures;

/// <summary>Tests of which ListenerSets a Gateway takes, and of their certificates.</summary>
internal static class ListenerSetScripts
{
    private static readonly ConditionExpectation[] NotAllowed = [False("Accepted", "NotAllowed"), False("Programmed", "NotAllowed")];
    private static readonly ConditionExpectation[] NotValid = [False("Accepted", "ListenersNotValid"), False("Programmed", "ListenersNotValid")];
    private static readonly ConditionExpectation[] Taken = [True("Accepted", "Accepted"), True("Programmed", "Programmed")];

    public static IEnumerable<(string Name, Func<TestRun, Task> Procedure)> All =>
    [
        ("ListenerSetAllowedNamespaceNone", run => NoneAllowedAsync(run, "listenerset-not-allowed")),
        ("ListenerSetDefaultNotAllowed", run => NoneAllowedAsync(run, "listenerset-default-not-allowed")),
        ("ListenerSetAllowedNamespaceSame", run => OneAllowedAsync(
            run,
            TestRun.ListenerSet("listenerset-in-same-namespace"),
            TestRun.ListenerSet("listenerset-in-different-namespace", "gateway-api-listenerset-not-allowed-ns"))),
        ("ListenerSetAllowedNamespaceSelector", run => OneAllowedAsync(
            run,
            TestRun.ListenerSet("listenerset-in-selected-namespace", "gateway-api-listenerset-selector-allowed-ns"),
            TestRun.ListenerSet("listenerset-not-in-selected-namespace", "gateway-api-listenerset-selector-not-allowed-ns"))),
        ("ListenerSetAllowedRoutesSupportedKinds", SupportedKindsAsync),
        ("ListenerSetReferenceGrant", ReferenceGrantAsync),
        ("ListenerSetHostnameConflict", run => ConflictAsync(run, "HostnameConflict", "hostname-conflict")),
        ("ListenerSetProtocolConflict", run => ConflictAsync(run, "ProtocolConflict", "protocol-conflict")),
    ];

    private static async Task NoneAllowedAsync(TestRun run, string set)
    {
        await run.ApplyAsync();
        await run.GatewayConditionAsync(run.Gateway, True("Accepted"));
        await run.ListenerSetConditionAsync(TestRun.ListenerSet(set), NotAllowed);
        await run.AttachedListenerSetsAsync(run.Gateway, 0);
    }

    private static async Task OneAllowedAsync(TestRun run, ObjectKey allowed, ObjectKey refused)
    {
        await run.ApplyAsync();
        await run.GatewayConditionAsync(run.Gateway, True("Accepted"));
        await run.AttachedListenerSetsAsync(run.Gateway, 1);
        await run.ListenerSetConditionAsync(allowed, Taken);
        await run.ListenerSetReadyAsync(allowed);
        await run.ListenerSetConditionAsync(refused, NotAllowed);
    }

    private static async Task SupportedKindsAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.GatewayConditionAsync(run.Gateway, True("Accepted"));
        await run.ListenerSetListenersAsync(
            TestRun.ListenerSet("listenerset-test-supported-route-kinds"),
            new ListenerExpectation("listener-set-listener-invalid-route-kinds", 0, [], False("ResolvedRefs", "InvalidRouteKinds")));
    }

    private static async Task ReferenceGrantAsync(TestRun run)
    {
        var granted = TestRun.ListenerSet("listenerset-with-reference-grant");
        var refused = TestRun.ListenerSet("listenerset-without-reference-grant", "gateway-api-listener-sets-test-reference-grant-ns");
        await run.ApplyAsync();
        await run.GatewayConditionAsync(run.Gateway, True("Accepted"));
        await run.ListenerSetConditionAsync(granted, True("Accepted"), True("Programmed"));
        await run.ListenerSetListenersAsync(granted, new ListenerExpectation("listenerset-with-reference-grant-listener", 0, ["HTTPRoute"], True("ResolvedRefs")));
        await run.ListenerSetConditionAsync(refused, NotValid);
        await run.ListenerSetListenersAsync(refused, new ListenerExpectation("listenerset-without-reference-grant-listener", 0, ["HTTPRoute"], False("ResolvedRefs", "RefNotPermitted")));
    }

    /// <summary>
    /// The Gateway's listener comes first, then the sets by age and name. The odd sets have a good listener beside the one that
    /// loses, the even ones only one that loses: against the Gateway's listener, and against the first set's good one.
    /// </summary>
    private static async Task ConflictAsync(TestRun run, string reason, string prefix)
    {
        var lost = new[] { False("Accepted", reason), False("Programmed", reason), True("Conflicted", reason) };
        var won = new[] { True("Accepted"), True("ResolvedRefs"), True("Programmed") };
        await run.ApplyAsync();
        await run.GatewayConditionAsync(run.Gateway, True("Accepted"));
        await run.ListenersReadyAsync(run.Gateway);
        await run.AttachedListenerSetsAsync(run.Gateway, 2);
        for (var number = 1; number <= 4; number++)
        {
            var set = TestRun.ListenerSet($"{prefix}-{number}");
            // Kinds are not compared: the API does not say which a listener supports that has lost its port.
            await run.ListenerSetListenerAsync(set, number <= 2 ? "conflicts-with-gateway" : "conflicts-with-first", lost);
            if (number % 2 == 0)
            {
                await run.ListenerSetConditionAsync(set, NotValid);
                continue;
            }
            await run.ListenerSetListenerAsync(set, "good", won);
            // Accepted may say that not all listeners are valid.
            await run.ListenerSetConditionAsync(set, True("Accepted"), True("Programmed", "Programmed"));
        }
    }
}
