using System.Text.Json;
using System.Text.RegularExpressions;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Translation.Tests.Support;

namespace Sluice.Translation.Tests.Conformance;

/// <summary>The suite's requests, answered from the configuration alone: which backend, or which status.</summary>
public sealed class RoutingTests
{
    public static TheoryData<string> Tests =>
    [
        "GatewayHTTPListenerIsolation",
        "HTTPRoute303Redirect",
        "HTTPRoute307Redirect",
        "HTTPRoute308Redirect",
        "HTTPRouteBackendProtocolH2C",
        "HTTPRouteBackendRequestHeaderModifier",
        "HTTPRouteHeaderMatching",
        "HTTPRouteInvalidCrossNamespaceBackendRef",
        "HTTPRouteInvalidNonExistentBackendRef",
        "HTTPRouteInvalidReferenceGrant",
        "HTTPRouteListenerPortMatching",
        "HTTPRouteMatching",
        "HTTPRouteMethodMatching",
        "HTTPRoutePartiallyInvalidViaInvalidReferenceGrant",
        "HTTPRoutePathMatchOrder",
        "HTTPRouteQueryParamMatching",
        "HTTPRouteRedirectHostAndStatus",
        "HTTPRouteRedirectPath",
        "HTTPRouteRedirectPort",
        "HTTPRouteRedirectPortAndScheme",
        "HTTPRouteReferenceGrant",
        "HTTPRouteRequestHeaderModifier",
        "HTTPRouteRequestHeaderModifierBackendWeights",
        "HTTPRouteResponseHeaderModifier",
        "HTTPRouteRewriteHost",
        "HTTPRouteRewritePath",
        "HTTPRouteServiceTypes",
        "HTTPRouteSimpleSameNamespace",
        "HTTPRouteWeight",
    ];

    [Theory]
    [MemberData(nameof(Tests))]
    public void Translate_ConformanceTest_SaysAndServesWhatTheSuiteExpects(string test)
    {
        Suite.Require();
        var expectations = Suite.Expectations(test);
        var snapshot = Suite.Load(Suite.Manifests(test));
        var result = Suite.Translate(snapshot);
        foreach (var line in expectations.GetProperty("status").EnumerateArray())
            CheckStatus(result, line.GetString()!);
        foreach (var item in expectations.GetProperty("cases").EnumerateArray())
        {
            if (item.GetProperty("request").TryGetProperty("scheme", out _))
                continue;
            var current = result;
            if (item.TryGetProperty("subtest", out var subtest) && subtest.GetString()!.Contains("deletes ReferenceGrant", StringComparison.Ordinal))
                current = Suite.Translate(snapshot with { ReferenceGrants = snapshot.ReferenceGrants.Clear() });
            foreach (var configuration in Configurations(current, expectations, item))
                CheckCase(configuration, item);
        }
    }

    // HTTPS listeners are not served by this version: what concerns them is left out.
    private static void CheckStatus(TranslationResult result, string line)
    {
        if (line.Contains("/same-namespace-with-https-listener", StringComparison.Ordinal))
            return;
        var route = Regex.Match(line, @"^HTTPRoute (\S+)/(\S+): parent (\S+)/(\S+) (Accepted|ResolvedRefs)=(True|False) reason=(\w+)");
        if (route.Success)
        {
            var parent = result.Parents(route.Groups[2].Value, route.Groups[1].Value)
                .Single(candidate => candidate.ParentRef.Namespace == route.Groups[3].Value && candidate.ParentRef.Name == route.Groups[4].Value);
            Assert.Equal($"{route.Groups[6].Value}/{route.Groups[7].Value}", parent.Conditions.Says(route.Groups[5].Value));
            Assert.Equal("Gateway", parent.ParentRef.Kind);
            Assert.Equal(TranslatorOptions.DefaultControllerName, parent.ControllerName);
        }
        var gateway = Regex.Match(line, @"^Gateway (\S+)/(\S+): all status.listeners ResolvedRefs=True, Accepted=True, Programmed=True");
        if (gateway.Success)
        {
            foreach (var listener in result.Gateways[new NamespacedName(gateway.Groups[1].Value, gateway.Groups[2].Value)].Listeners)
                Assert.True(listener.Conditions.Condition("ResolvedRefs").Status && listener.Conditions.Condition("Accepted").Status && listener.Conditions.Condition("Programmed").Status, listener.Name);
        }
        if (Regex.Match(line, @"^ResolvedRefs=False/(\w+)$") is { Success: true } resolved)
            Assert.Contains(result.HttpRoutes.Values, status => status.Parents[0].Conditions.Says("ResolvedRefs") == $"False/{resolved.Groups[1].Value}");
    }

    private static IEnumerable<ProxyConfiguration> Configurations(TranslationResult result, JsonElement expectations, JsonElement item)
    {
        var names = expectations.GetProperty("gateway").GetString()!.Split(", ").Select(name => name.Split('/')[^1]).ToList();
        if (item.TryGetProperty("appliesTo", out var applies))
            names = [.. applies.EnumerateArray().Select(name => name.GetString()!)];
        else if (names.Count > 1 && item.GetProperty("request").TryGetProperty("port", out var port))
            names = [port.GetInt32() == 80 ? "same-namespace" : "same-namespace-with-http-listener-on-8080"];
        return names.Select(name => result.Configurations.Single(configuration => configuration.Gateway == $"{Suite.Infra}/{name}"));
    }

    private static void CheckCase(ProxyConfiguration configuration, JsonElement item)
    {
        var request = item.GetProperty("request");
        var expect = item.GetProperty("expect");
        var headers = request.TryGetProperty("headers", out var given) ? given.EnumerateObject().ToDictionary(header => header.Name, header => header.Value.GetString()!) : [];
        var rule = PlainRouter.Find(
            configuration,
            request.TryGetProperty("port", out var port) ? port.GetInt32() : configuration.Listeners[0].Port,
            request.TryGetProperty("method", out var method) ? method.GetString()! : "GET",
            request.TryGetProperty("host", out var host) ? host.GetString()! : "127.0.0.1",
            request.GetProperty("path").GetString()!,
            headers);
        var status = rule?.Action switch
        {
            null => 404,
            RedirectAction redirect => redirect.StatusCode,
            DirectResponseAction response => response.StatusCode,
            ForwardAction forward => forward.Backends.Any(backend => backend.Cluster is not null) ? 200 : 500,
            _ => throw new InvalidOperationException(),
        };
        Assert.True(expect.GetProperty("status").EnumerateArray().Any(expected => expected.GetInt32() == status), $"{status} for {item}");
        if (status != 200 || !expect.TryGetProperty("backend", out var backend))
            return;

        // The pods behind the Services without pods of their own are those of infra-backend-v1.
        var service = Assert.IsType<ForwardAction>(rule!.Action).Backends[0].Cluster!;
        if (!rule.Route.EndsWith("/service-types", StringComparison.Ordinal))
            Assert.StartsWith($"{expect.GetProperty("namespace").GetString()}/{backend.GetString()}:", service);
    }
}
