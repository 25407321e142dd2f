using Sluice.Resources.GatewayApi;
using Sluice.Resources.Reading;

namespace Sluice.Resources.Tests.Reading;

public class HttpRouteReadingTests
{
    [Fact]
    public void Read_RouteWithoutAnything_HasDefaults()
    {
        var route = Reads.One<HttpRoute>(Reads.Object("HTTPRoute", "spec: {}\n"));

        Assert.Equal(new NamespacedName("default", "test"), route.Key);
        Assert.Equal(1, route.Metadata.Generation);
        Assert.Equal(DateTimeOffset.UnixEpoch, route.Metadata.CreationTimestamp);
        var match = Assert.Single(Assert.Single(route.Rules).Matches);
        Assert.Equal(("PathPrefix", "/", null), (match.PathType, match.PathValue, match.Method));
    }

    [Fact]
    public void Read_Rule_GivesEveryField()
    {
        var route = Reads.One<HttpRoute>(Reads.Object("HTTPRoute", """
            spec:
              parentRefs:
              - name: gateway
              - {name: gateway2, namespace: infra, sectionName: http, port: 80}
              hostnames: [a.example.com, "*.b.example.com"]
              rules:
              - name: first
                matches:
                - path: {type: Exact, value: /x%20y}
                  method: GET
                  headers: [{name: X-A, value: "1"}, {name: X-B, value: "^2", type: RegularExpression}]
                  queryParams: [{name: q, value: z}]
                - path: {type: RegularExpression, value: "/[a-z]+//"}
                backendRefs:
                - name: web
                  port: 8080
                - {group: example.com, kind: Bucket, name: b, namespace: other, weight: 0}
                timeouts: {request: 1m30s, backendRequest: 500ms}
                retry: {codes: [500, 503], attempts: 2, backoff: 100ms}
                sessionPersistence: {sessionName: s, absoluteTimeout: 1h, cookieConfig: {lifetimeType: Permanent}}
            """));

        Assert.Equal([new ParentReference("gateway"), new ParentReference("gateway2", "infra", SectionName: "http", Port: 80)], route.ParentRefs);
        Assert.Equal(["a.example.com", "*.b.example.com"], route.Hostnames);
        var rule = Assert.Single(route.Rules);
        Assert.Equal("first", rule.Name);
        var match = rule.Matches[0];
        Assert.Equal(("Exact", "/x%20y", "GET"), (match.PathType, match.PathValue, match.Method));
        Assert.Equal([new HttpValueMatch("X-A", "1"), new HttpValueMatch("X-B", "^2", "RegularExpression")], match.Headers);
        Assert.Equal([new HttpValueMatch("q", "z")], match.QueryParams);
        Assert.Equal("/[a-z]+//", rule.Matches[1].PathValue);
        Assert.Equal(("", "Service", "web", null, 8080, 1), Fields(rule.BackendRefs[0]));
        Assert.Equal(("example.com", "Bucket", "b", "other", null, 0), Fields(rule.BackendRefs[1]));
        Assert.Equal(new HttpRouteTimeouts(TimeSpan.FromSeconds(90), TimeSpan.FromMilliseconds(500)), rule.Timeouts);
        Assert.Equal([500, 503], rule.Retry!.Codes);
        Assert.Equal((2, TimeSpan.FromMilliseconds(100)), (rule.Retry.Attempts, rule.Retry.Backoff));
        Assert.Equal(
            new RouteSessionPersistence { SessionName = "s", AbsoluteTimeout = TimeSpan.FromHours(1), CookieLifetime = "Permanent" },
            rule.SessionPersistence);
    }

    [Fact]
    public void Read_Filters_GivesEveryField()
    {
        var route = Reads.One<HttpRoute>(Reads.Object("HTTPRoute", """
            spec:
              rules:
              - filters:
                - type: RequestHeaderModifier
                  requestHeaderModifier:
                    set: [{name: A, value: "1"}]
                    add: [{name: B, value: "2"}]
                    remove: [C]
                - type: ResponseHeaderModifier
                  responseHeaderModifier: {remove: [D]}
                - type: RequestRedirect
                  requestRedirect:
                    scheme: https
                    hostname: example.com
                    port: 8443
                    statusCode: 308
                    path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}
                - type: ExtensionRef
                  extensionRef: {group: gateway.kgateway.dev, kind: DirectResponse, name: health}
                - type: RequestMirror
                  requestMirror: {backendRef: {name: mirror, port: 80}, fraction: {numerator: 1, denominator: 3}}
                - type: CORS
                  cors: {allowOrigins: ["https://*.example.com"], allowMethods: [GET], maxAge: 60, allowCredentials: true}
                - type: ExternalAuth
                  externalAuth: {protocol: GRPC, backendRef: {name: auth, port: 9000}, grpc: {allowedHeaders: [cookie]}}
              - matches: [{path: {value: /old}}]
                filters:
                - type: URLRewrite
                  urlRewrite: {hostname: in.example.com, path: {type: ReplaceFullPath, replaceFullPath: /x}}
                backendRefs:
                - name: web
                  port: 80
                  filters: [{type: RequestHeaderModifier, requestHeaderModifier: {remove: [E]}}]
            """));

        var filters = route.Rules[0].Filters;
        Assert.Equal([new HttpHeader("A", "1")], filters[0].RequestHeaderModifier!.Set);
        Assert.Equal([new HttpHeader("B", "2")], filters[0].RequestHeaderModifier!.Add);
        Assert.Equal(["C"], filters[0].RequestHeaderModifier!.Remove);
        Assert.Equal(["D"], filters[1].ResponseHeaderModifier!.Remove);
        var redirect = filters[2].RequestRedirect!;
        Assert.Equal(("https", "example.com", 8443, 308), (redirect.Scheme, redirect.Hostname, redirect.Port, redirect.StatusCode));
        Assert.Equal(new HttpPathModifier("ReplacePrefixMatch", "/new"), redirect.Path);
        Assert.Equal(new LocalObjectReference("gateway.kgateway.dev", "DirectResponse", "health"), filters[3].ExtensionRef);
        Assert.Equal(["RequestMirror", "CORS", "ExternalAuth"], filters.Skip(4).Select(filter => filter.Type));
        Assert.Equal(new HttpRequestMirror(new BackendObjectReference { Name = "mirror", Port = 80 }, 1, 3), filters[4].RequestMirror);
        var cors = filters[5].Cors!;
        Assert.Equal(["https://*.example.com"], cors.AllowOrigins);
        Assert.Equal(["GET"], cors.AllowMethods);
        Assert.Equal((60, true), (cors.MaxAge, cors.AllowCredentials));
        Assert.Equal(new HttpUrlRewrite("in.example.com", new HttpPathModifier("ReplaceFullPath", "/x")), route.Rules[1].Filters[0].UrlRewrite);
        Assert.Equal(["E"], route.Rules[1].BackendRefs[0].Filters[0].RequestHeaderModifier!.Remove);
    }

    [Fact]
    public void Read_PoliciesWithoutAnything_HaveDefaults()
    {
        var route = Reads.One<HttpRoute>(Reads.Object("HTTPRoute", """
            spec:
              rules:
              - filters:
                - {type: CORS, cors: {}}
                - {type: RequestMirror, requestMirror: {backendRef: {name: all, port: 80}}}
                - {type: RequestMirror, requestMirror: {backendRef: {name: part, port: 80}, percent: 20}}
                - {type: RequestMirror, requestMirror: {backendRef: {name: none, port: 80, namespace: other}, fraction: {numerator: 0}}}
                timeouts: {}
                retry: {}
                sessionPersistence: {}
            """));

        var rule = Assert.Single(route.Rules);
        var cors = rule.Filters[0].Cors!;
        Assert.Equal(5, cors.MaxAge);
        Assert.False(cors.AllowCredentials);
        Assert.Empty(cors.AllowOrigins);
        Assert.Equal((1, 1), (rule.Filters[1].RequestMirror!.Numerator, rule.Filters[1].RequestMirror!.Denominator));
        Assert.Equal((20, 100), (rule.Filters[2].RequestMirror!.Numerator, rule.Filters[2].RequestMirror!.Denominator));
        Assert.Equal((0, 100), (rule.Filters[3].RequestMirror!.Numerator, rule.Filters[3].RequestMirror!.Denominator));
        Assert.Equal("other", rule.Filters[3].RequestMirror!.BackendRef.Namespace);
        Assert.Equal(new HttpRouteTimeouts(null, null), rule.Timeouts);
        Assert.Null(rule.Retry!.Attempts);
        Assert.Equal(new RouteSessionPersistence(), rule.SessionPersistence);
    }

    [Theory]
    [InlineData("timeouts: {request: 0s}", 0)]
    [InlineData("timeouts: {request: 500ms}", 500)]
    [InlineData("timeouts: {request: 1h30m2s3ms}", 5402003)]
    [InlineData("timeouts: {request: 99999h}", 99999 * 3600000L)]
    [InlineData("timeouts: {request: 0s, backendRequest: 5s}", 0)]
    [InlineData("timeouts: {request: 5s, backendRequest: 5s}", 5000)]
    public void Read_Duration_IsOfGep2257(string field, long milliseconds)
    {
        var route = Reads.One<HttpRoute>(Reads.Object("HTTPRoute", $"spec: {{rules: [{{{field}}}]}}\n"));

        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), route.Rules[0].Timeouts!.Request);
    }

    [Theory]
    [InlineData("HTTPRoute", "spec: {useDefaultGateways: All}\n")]
    [InlineData("GRPCRoute", "spec: {useDefaultGateways: All}\n")]
    [InlineData("Gateway", "spec: {gatewayClassName: c, defaultScope: All, listeners: [{name: a, port: 80, protocol: HTTP}]}\n")]
    public void Read_DefaultGateways_AreSaidToHaveNoEffect(string kind, string spec)
    {
        Assert.Empty(Reads.Read(Reads.Object(kind, spec.Replace("All", "None", StringComparison.Ordinal))).Diagnostics);
        var warning = Assert.Single(Reads.Read(Reads.Object(kind, spec)).Diagnostics);

        Assert.Equal(ManifestSeverity.Warning, warning.Severity);
        Assert.Contains("has no effect", warning.ToString());
    }

    [Fact]
    public void Read_RedirectWithoutStatus_Is302()
    {
        var route = Reads.One<HttpRoute>(Reads.Object("HTTPRoute", "spec: {rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}]}\n"));

        Assert.Equal(302, route.Rules[0].Filters[0].RequestRedirect!.StatusCode);
    }

    private static (string, string, string, string?, int?, int) Fields(HttpBackendRef backend) =>
        (backend.Group, backend.Kind, backend.Name, backend.Namespace, backend.Port, backend.Weight);
}
