using Sluice.Conformance.Cluster;
using Sluice.Conformance.Statuses;
using static Sluice.Conformance.Statuses.ConditionExpectation;

namespace Sluice.Conformance.Procedures;

/// <summary>Tests of GatewayClass, Gateway and listener statuses.</summary>
internal static class GatewayScripts
{
    private static readonly string[] HttpRouteKind = ["HTTPRoute"];

    public static IEnumerable<(string Name, Func<TestRun, Task> Procedure)> All =>
    [
        ("GatewayClassObservedGenerationBump", ClassObservedGenerationBumpAsync),
        ("GatewayObservedGenerationBump", ObservedGenerationBumpAsync),
        ("GatewayListenerUnsupportedProtocol", UnsupportedProtocolAsync),
        ("GatewayInvalidRouteKind", InvalidRouteKindAsync),
        ("GatewayInvalidParametersRef", InvalidParametersRefAsync),
        ("GatewayWithAttachedRoutesWithPort8080", AttachedRoutesWithPort8080Async),
        ("GatewayWithAttachedRoutes", AttachedRoutesAsync),
        ("GatewayModifyListeners", ModifyListenersAsync),
        ("GatewayInfrastructure", InfrastructureAsync),
        ("GatewayNameMaximumLength", NameMaximumLengthAsync),
    ];

    private static async Task ClassObservedGenerationBumpAsync(TestRun run)
    {
        const string name = "gatewayclass-observed-generation-bump";
        var key = new ObjectKey("GatewayClass", "", name);
        await run.ApplyAsync();
        await run.ClassConditionAsync(name, new ConditionExpectation("Accepted", null));
        var before = await run.GenerationAsync(key);
        await run.PatchAsync(key, """{"spec":{"description":"new"}}""");
        await run.ClassConditionAsync(name, new ConditionExpectation("Accepted", null));
        await run.ClassCurrentAsync(name);
        await ChangedAsync(run, key, before);
    }

    private static async Task ObservedGenerationBumpAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.NamespacesReadyAsync(TestRun.Infra);
        await run.GatewayCurrentAsync(run.Gateway);
        var before = await run.GenerationAsync(run.Gateway);
        await run.PatchAsync(run.Gateway, """
            {"spec":{"listeners":[
              {"name":"http","port":80,"protocol":"HTTP","allowedRoutes":{"namespaces":{"from":"Same"}}},
              {"name":"alternate","port":80,"protocol":"HTTP","hostname":"foo.com","allowedRoutes":{"namespaces":{"from":"Same"}}}]}}
            """);
        await run.NamespacesReadyAsync(TestRun.Infra);
        await run.GatewayConditionAsync(run.Gateway, True("Accepted"), True("Programmed"));
        await run.GatewayCurrentAsync(run.Gateway);
        await ChangedAsync(run, run.Gateway, before);
    }

    private static async Task UnsupportedProtocolAsync(TestRun run)
    {
        var invalid = new ListenerExpectation("invalid", 0, [], False("Accepted", "UnsupportedProtocol"));
        var only = TestRun.GatewayKey("gateway-only-unsupported-protocols");
        var mixed = TestRun.GatewayKey("gateway-supported-and-unsupported-protocols");
        await run.ApplyAsync();
        await run.GatewayCurrentAsync(only);
        await run.GatewayConditionAsync(only, False("Accepted", "ListenersNotValid"));
        await run.ListenersAsync(only, invalid);
        await run.GatewayCurrentAsync(mixed);
        await run.GatewayConditionAsync(mixed, True("Accepted", "ListenersNotValid"));
        await run.ListenersAsync(mixed, new ListenerExpectation("http", 0, HttpRouteKind, True("Accepted", "Accepted")), invalid);
    }

    private static async Task InvalidRouteKindAsync(TestRun run)
    {
        var unresolved = False("ResolvedRefs", "InvalidRouteKinds");
        var only = TestRun.GatewayKey("gateway-only-invalid-route-kind");
        var mixed = TestRun.GatewayKey("gateway-supported-and-invalid-route-kind");
        await run.ApplyAsync();
        await run.ListenersAsync(only, new ListenerExpectation("http", 0, [], unresolved));
        await run.GatewayCurrentAsync(only);
        await run.ListenersAsync(mixed, new ListenerExpectation("http", 0, HttpRouteKind, unresolved));
        await run.GatewayCurrentAsync(mixed);
    }

    private static async Task InvalidParametersRefAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.GatewayCurrentAsync(run.Gateway);
        await run.GatewayConditionAsync(run.Gateway, False("Accepted", "InvalidParameters"));
    }

    private static async Task AttachedRoutesWithPort8080Async(TestRun run)
    {
        await run.ApplyAsync();
        await run.ListenersAsync(run.Gateway, Healthy("http-unattached", 0), Healthy("http", 1));
    }

    private static async Task AttachedRoutesAsync(TestRun run)
    {
        await run.ApplyAsync();
        await run.ListenersAsync(TestRun.GatewayKey("gateway-with-one-attached-route"), Healthy("http", 1));
        await run.ListenersAsync(TestRun.GatewayKey("gateway-with-two-attached-routes"), Healthy("http", 2));
        await run.RouteConditionAsync(TestRun.HttpRoute("http-route-not-accepted"), TestRun.GatewayKey("gateway-with-two-attached-routes"), False("Accepted", "NoMatchingListenerHostname"));
        var unresolved = TestRun.GatewayKey("unresolved-gateway-with-one-attached-unresolved-route");
        await run.ListenersAsync(unresolved, new ListenerExpectation("tls", 1, HttpRouteKind, False("Programmed"), False("ResolvedRefs")));
        await run.RouteConditionAsync(TestRun.HttpRoute("http-route-4"), unresolved, False("ResolvedRefs"));
    }

    private static async Task ModifyListenersAsync(TestRun run)
    {
        var add = TestRun.GatewayKey("gateway-add-listener");
        var remove = TestRun.GatewayKey("gateway-remove-listener");
        await run.ApplyAsync();
        await run.NamespacesReadyAsync(TestRun.Infra);
        await run.GatewayCurrentAsync(add);
        var before = await run.GenerationAsync(add);
        await run.PatchAsync(add, """
            {"spec":{"listeners":[
              {"name":"https","port":443,"protocol":"HTTPS","hostname":"secure.test.com","allowedRoutes":{"namespaces":{"from":"All"}},
               "tls":{"certificateRefs":[{"group":"","kind":"Secret","name":"tls-validity-checks-certificate"}]}},
              {"name":"http","port":80,"protocol":"HTTP","hostname":"data.test.com","allowedRoutes":{"namespaces":{"from":"All"}}}]}}
            """);
        await run.NamespacesReadyAsync(TestRun.Infra);
        await run.ListenersAsync(add, Healthy("https", 1), Healthy("http", 1));
        await run.GatewayCurrentAsync(add);
        await ChangedAsync(run, add, before);

        await run.GatewayCurrentAsync(remove);
        before = await run.GenerationAsync(remove);
        await run.PatchAsync(remove, """
            {"spec":{"listeners":[{"name":"http","port":80,"protocol":"HTTP","allowedRoutes":{"namespaces":{"from":"All"}}}]}}
            """);
        await run.NamespacesReadyAsync(TestRun.Infra);
        await run.ListenersAsync(remove, Healthy("http", 1));
        await run.GatewayCurrentAsync(remove);
        await ChangedAsync(run, remove, before);
    }

    /// <summary>Whatever stands for the Gateway's infrastructure bears what spec.infrastructure asks for: the first of each kind.</summary>
    private static async Task InfrastructureAsync(TestRun run)
    {
        const string gatewayName = "gateway.networking.k8s.io/gateway-name";
        await run.ApplyAsync();
        await run.GatewayCurrentAsync(run.Gateway);
        await run.GatewayConditionAsync(run.Gateway, True("Accepted"));
        await run.UntilAsync("the Gateway's infrastructure is there", TimeSpan.FromSeconds(60), report =>
        {
            var found = report.Infrastructure
                .Where(item => item.Kind is "ServiceAccount" or "Pod" or "Service" && item.Namespace == run.Gateway.Namespace && item.Labels.GetValueOrDefault(gatewayName) == run.Gateway.Name)
                .GroupBy(item => item.Kind)
                .Select(kind => kind.First())
                .ToList();
            if (found.Count == 0)
                return "there is no ServiceAccount, Pod or Service with its name in a label";
            return found.FirstOrDefault(item => item.Labels.GetValueOrDefault("key2") != "value2" || item.Annotations.GetValueOrDefault("key1") != "value1") is { } bare
                ? $"{bare.Kind} {bare.Name} lacks label key2=value2 or annotation key1=value1"
                : null;
        });
    }

    private static async Task NameMaximumLengthAsync(TestRun run)
    {
        var name = string.Concat(Enumerable.Repeat("gateway-name-", 20))[..252] + "x";
        await run.ApplyAsync($$"""
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: {{name}}
              namespace: {{TestRun.Infra}}
            spec:
              gatewayClassName: "{GATEWAY_CLASS_NAME}"
              listeners:
              - name: http
                port: 80
                protocol: HTTP
            """);
        await run.GatewayCurrentAsync(TestRun.GatewayKey(name));
        await run.GatewayConditionAsync(TestRun.GatewayKey(name), True("Accepted"), True("Programmed"));
    }

    private static ListenerExpectation Healthy(string name, int routes) => new(name, routes, HttpRouteKind, True("Accepted"), True("ResolvedRefs"));

    private static async Task ChangedAsync(TestRun run, ObjectKey key, long before)
    {
        if (await run.GenerationAsync(key) is var after && after <= before)
            throw new ConformanceException($"{key}: generation {after} after the patch, {before} before");
    }
}
