using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Traffic;
using Sluice.Resources.Tests.Reading;

namespace Sluice.Resources.Tests.Policies;

public sealed class TrafficPolicyReadingTests
{
    /// <summary>A shop with logins, limits and tests under way.</summary>
    private const string Shop = """
        spec:
          targetRefs:
          - {group: gateway.networking.k8s.io, kind: HTTPRoute, name: shop, sectionName: cart}
          targetSelectors:
          - {group: gateway.networking.k8s.io, kind: HTTPRoute, matchLabels: {team: shop}}
          extAuth:
            extensionRef: {name: login, namespace: auth}
            withRequestBody: {maxRequestBytes: 8192, packAsBytes: true}
            contextExtensions: {tier: gold}
          rateLimit:
            local:
              tokenBucket: {maxTokens: 100, tokensPerFill: 20, fillInterval: 1m30s}
              percentEnforced: 50
            global:
              extensionRef: {name: limits}
              descriptors:
              - entries:
                - {type: Generic, generic: {key: route, value: cart}}
                - {type: Header, header: X-User}
                - {type: RemoteAddress}
          cors: {allowOrigins: ["https://*.shop.example"], allowMethods: [GET, POST], maxAge: 600}
          headerModifiers:
            request:
              set: [{name: X-Api-Version, value: "2"}, {secretRef: {name: upstream, key: token}}]
              remove: [X-Debug]
            filterStage: {stage: AuthZ}
          autoHostRewrite: false
          buffer: {maxRequestSize: 64Ki}
          timeouts: {request: 30s, streamIdle: 0s}
          retry: {retryOn: [5xx, connect-failure], attempts: 3, perTryTimeout: 500ms, statusCodes: [503]}
          acl:
            defaultAction: deny
            rules: [{name: office, cidrs: [192.0.2.0/24, "2001:db8::1"], action: allow}]
            denyResponse: {headers: [{name: X-Why, value: address}]}
          rbac: {policy: {matchExpressions: ["request.headers['x-team'] == 'shop'"]}}
          basicAuth: {secretRef: {name: users}}
          compression: {responseCompression: {libraries: [Zstd, Gzip]}, requestDecompression: {disable: {}}}
          tracing: {disable: {}}
        """;

    [Fact]
    public void Read_Shop_HasItsValues()
    {
        var policy = Reads.One<TrafficPolicy>(Reads.Object("TrafficPolicy", Shop + "\n"));

        Assert.Equal(new PolicyTargetReference(GatewayApiGroup.Name, "HTTPRoute", "shop", "cart"), Assert.Single(policy.TargetRefs));
        var selector = Assert.Single(policy.TargetSelectors);
        Assert.Equal((GatewayApiGroup.Name, "HTTPRoute", null), (selector.Group, selector.Kind, selector.SectionName));
        Assert.Equal("shop", selector.MatchLabels["team"]);
        Assert.Equal(
            ["extAuth", "rateLimit", "cors", "headerModifiers", "autoHostRewrite", "buffer", "timeouts", "retry", "acl", "rbac", "basicAuth", "compression", "tracing"],
            policy.Fields);
        Assert.Equal(("login", "auth", false), (policy.ExtAuth!.ExtensionRef!.Name, policy.ExtAuth.ExtensionRef.Namespace, policy.ExtAuth.IsDisabled));
        Assert.Equal((8192, false, true), (policy.ExtAuth.WithRequestBody!.MaxRequestBytes, policy.ExtAuth.WithRequestBody.AllowPartialMessage, policy.ExtAuth.WithRequestBody.PackAsBytes));
        Assert.Equal("gold", policy.ExtAuth.ContextExtensions["tier"]);
        Assert.False(policy.AutoHostRewrite);
        Assert.Equal(65536, policy.Buffer!.MaxRequestSize);
        Assert.Equal((TimeSpan.FromSeconds(30), TimeSpan.Zero), (policy.Timeouts!.Request, policy.Timeouts.StreamIdle));
        Assert.Equal(["request.headers['x-team'] == 'shop'"], policy.Rbac!.Policy.MatchExpressions);
        Assert.Equal("Allow", policy.Rbac.Action);
        Assert.Equal("users", policy.BasicAuth!.SecretRef!.Name);
        Assert.Empty(policy.BasicAuth.Users);
        Assert.Equal(["Zstd", "Gzip"], policy.Compression!.ResponseCompression!.Libraries);
        Assert.True(policy.Compression.RequestDecompression!.IsDisabled);
        Assert.True(policy.Tracing!.IsDisabled);
        Assert.Null(policy.Csrf);
    }

    [Fact]
    public void Read_Shop_HasItsLimits()
    {
        var limits = Reads.One<TrafficPolicy>(Reads.Object("TrafficPolicy", Shop + "\n")).RateLimit!;

        Assert.Equal((100, 20, TimeSpan.FromSeconds(90)), (limits.Local!.TokenBucket!.MaxTokens, limits.Local.TokenBucket.TokensPerFill, limits.Local.TokenBucket.FillInterval));
        Assert.Equal((100, 50), (limits.Local.PercentEnabled, limits.Local.PercentEnforced));
        Assert.Equal("limits", limits.Global!.ExtensionRef.Name);
        var entries = Assert.Single(limits.Global.Descriptors).Entries;
        Assert.Equal(["Generic", "Header", "RemoteAddress"], entries.Select(entry => entry.Type));
        Assert.Equal(("route", "cart", "X-User"), (entries[0].Generic!.Key, entries[0].Generic!.Value, entries[1].Header));
        Assert.Null(limits.Quota);
    }

    [Fact]
    public void Read_Shop_HasWhatDecidesAboutRequests()
    {
        var policy = Reads.One<TrafficPolicy>(Reads.Object("TrafficPolicy", Shop + "\n"));

        Assert.Equal((3, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(25)), (policy.Retry!.Attempts, policy.Retry.PerTryTimeout, policy.Retry.BackoffBaseInterval));
        Assert.Equal(["5xx", "connect-failure"], policy.Retry.RetryOn);
        Assert.Equal([503], policy.Retry.StatusCodes);
        Assert.Equal(("deny", 403), (policy.Acl!.DefaultAction, policy.Acl.DenyResponse!.StatusCode));
        Assert.Equal(["192.0.2.0/24", "2001:db8::1"], Assert.Single(policy.Acl.Rules).Cidrs);
        Assert.Equal(["https://*.shop.example"], policy.Cors!.AllowOrigins);
        Assert.Equal((600, false), (policy.Cors.MaxAge, policy.Cors.AllowCredentials));
        Assert.Equal(["X-Api-Version", null], policy.HeaderModifiers!.Request!.Set.Select(header => header.Name));
        Assert.Equal("token", policy.HeaderModifiers.Request.Set[1].SecretRef!.Key);
        Assert.Equal(["X-Debug"], policy.HeaderModifiers.Request.Remove);
        Assert.Equal(("AuthZ", "During", 0), (policy.HeaderModifiers.FilterStage!.Stage, policy.HeaderModifiers.FilterStage.Predicate, policy.HeaderModifiers.FilterStage.Weight));
    }

    /// <summary>An empty object turns an inherited limit off, which is not the same as saying nothing.</summary>
    [Fact]
    public void Read_EmptyFields_AreThere()
    {
        var policy = Reads.One<TrafficPolicy>(Reads.Object("TrafficPolicy", "spec: {rateLimit: {local: {}}, csrf: {}, ai: {}, buffer: null}\n"));

        Assert.Equal(["rateLimit", "csrf", "ai"], policy.Fields);
        Assert.Null(policy.RateLimit!.Local!.TokenBucket);
        Assert.NotNull(policy.Csrf);
        Assert.Equal("{}", policy.Ai!.Value.GetRawText());
        Assert.Null(policy.Buffer);
    }
}
