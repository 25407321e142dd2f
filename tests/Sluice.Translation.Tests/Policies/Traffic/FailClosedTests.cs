using System.Text.Json;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;
using Sluice.Translation.Tests.Support;
using static Sluice.Translation.Tests.Support.Build;
using static Sluice.Translation.Tests.Support.PolicyBuild;
using Spec = Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Tests.Policies.Traffic;

/// <summary>What guards a rule and cannot be put in force makes it answer 500; nothing reaches a backend unchecked.</summary>
public sealed class FailClosedTests
{
    private static readonly ResourceSnapshot Shop = Snapshot(
        Class(), Gateway("gw"), Service("shop"), Route("shop", "gw", Rule("/", Backend("shop"))), Route("free", "gw", Rule("/free", Backend("shop"))));

    private readonly Translator _translator = new(new TranslatorOptions());

    public static TheoryData<string> Guards =>
        ["acl", "apiKeyAuth", "basicAuth", "csrf", "jwtAuth", "rateLimit", "ai"];

    [Theory]
    [MemberData(nameof(Guards))]
    public void Translate_GuardThatCannotBePutInForce_AnswersServerErrorThere(string field)
    {
        var result = _translator.Translate(Shop.With(Broken(field)));

        Assert.Empty(Assert.IsType<ForwardAction>(RuleOf(result, "/").Action).Backends);
        Assert.Null(RuleOf(result, "/").Policies);
        Assert.NotEmpty(Assert.IsType<ForwardAction>(RuleOf(result, "/free").Action).Backends);
        var accepted = result.TrafficPolicies[Name("guard")].Ancestors[0].Conditions[0];
        Assert.False(accepted.Status);
        Assert.StartsWith(field, accepted.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("buffer")]
    [InlineData("faultInjection")]
    public void Translate_OtherFieldThatCannotBePutInForce_IsDoneWithout(string field)
    {
        var result = _translator.Translate(Shop.With(Broken(field)));

        Assert.NotEmpty(Assert.IsType<ForwardAction>(RuleOf(result, "/").Action).Backends);
        Assert.False(result.TrafficPolicies[Name("guard")].Ancestors[0].Conditions[0].Status);
    }

    [Fact]
    public void Translate_SecretComesAndGoes_RuleOpensAndCloses()
    {
        var snapshot = Shop.With(Broken("basicAuth"));

        Assert.Null(_translator.Translate(snapshot).Configurations[0].Clusters.SingleOrDefault(cluster => RuleOf(_translator.Translate(snapshot), "/").Policies is not null));
        var open = RuleOf(_translator.Translate(snapshot.With(Secret("users", ".htpasswd", "alice:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g="))), "/");
        Assert.Equal("alice", Assert.Single(open.Policies!.BasicAuth!.Users).Name);
        Assert.Empty(Assert.IsType<ForwardAction>(RuleOf(_translator.Translate(snapshot), "/").Action).Backends);
    }

    [Fact]
    public void Translate_SpecificPolicyTurnsTheBrokenGuardOff_RuleIsServed()
    {
        var gateway = Broken("basicAuth") with { Metadata = Meta("wide"), TargetRefs = [Target("Gateway", "gw")] };
        var off = ForTraffic("off", Target("HTTPRoute", "shop")) with { Fields = ["basicAuth"], BasicAuth = new Spec.BasicAuthPolicy { IsDisabled = true } };

        var result = _translator.Translate(Shop.With(gateway, off));

        Assert.NotEmpty(Assert.IsType<ForwardAction>(RuleOf(result, "/").Action).Backends);
        Assert.Empty(Assert.IsType<ForwardAction>(RuleOf(result, "/free").Action).Backends);
    }

    [Fact]
    public void Translate_FilterNamesNoPolicy_AnswersServerErrorUntilThereIsOne()
    {
        var snapshot = Shop.With(Route("shop", "gw", Rule("/", Backend("shop")).Naming("later")));

        var missing = _translator.Translate(snapshot);
        var there = _translator.Translate(snapshot.With(ForTraffic("later").Buffering(5)));
        var gone = _translator.Translate(snapshot);

        Assert.Empty(Assert.IsType<ForwardAction>(RuleOf(missing, "/").Action).Backends);
        Assert.Equal("BackendNotFound", missing.HttpRoutes[Name("shop")].Parents[0].Conditions.Condition("ResolvedRefs").Reason);
        Assert.Equal(5, RuleOf(there, "/").Policies!.Buffer!.MaxRequestBytes);
        Assert.True(there.HttpRoutes[Name("shop")].Parents[0].Conditions.Condition("ResolvedRefs").Status);
        Assert.Empty(Assert.IsType<ForwardAction>(RuleOf(gone, "/").Action).Backends);
    }

    [Fact]
    public void Translate_SecretOfAnotherNamespace_NeedsAGrant()
    {
        var policy = Broken("basicAuth") with { BasicAuth = new Spec.BasicAuthPolicy { SecretRef = new SecretKeyReference { Name = "users", Namespace = "vault" } } };
        var snapshot = Shop.With(policy, Secret("users", ".htpasswd", "alice:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "vault"));

        var refused = _translator.Translate(snapshot);
        var granted = _translator.Translate(snapshot.With(Grant("vault", "TrafficPolicy", Space, "", "Secret")));
        var strange = _translator.Translate(snapshot.With(Grant("vault", "HTTPRoute", Space, "", "Secret")));

        Assert.Contains("no ReferenceGrant in namespace \"vault\"", refused.TrafficPolicies[policy.Key].Ancestors[0].Conditions[0].Message, StringComparison.Ordinal);
        Assert.Empty(Assert.IsType<ForwardAction>(RuleOf(refused, "/").Action).Backends);
        Assert.NotNull(RuleOf(granted, "/").Policies!.BasicAuth);
        Assert.Empty(Assert.IsType<ForwardAction>(RuleOf(strange, "/").Action).Backends);
    }

    [Fact]
    public void Translate_ExtensionOfAnotherNamespace_NeedsAGrantWhenStrict()
    {
        var policy = ForTraffic("guard", Target("HTTPRoute", "shop")) with
        {
            Fields = ["jwtAuth"],
            JwtAuth = new Spec.JwtAuthPolicy { ExtensionRef = new ExtensionReference { Name = "idp", Namespace = "vault" } },
        };
        var snapshot = Shop.With(policy, Idp("vault"));
        var strict = new Translator(new TranslatorOptions { PolicyReferences = Translation.Policies.ReferenceMode.Strict });

        Assert.NotNull(RuleOf(_translator.Translate(snapshot), "/").Policies!.Jwt);
        Assert.Empty(Assert.IsType<ForwardAction>(RuleOf(strict.Translate(snapshot), "/").Action).Backends);
        Assert.NotNull(RuleOf(strict.Translate(snapshot.With(Grant("vault", "TrafficPolicy", Space, GatewayApiGroup.Kgateway, "GatewayExtension"))), "/").Policies!.Jwt);
    }

    [Fact]
    public void Translate_RemoteKeys_PublishTheirCluster()
    {
        var extension = Idp(Space) with
        {
            Jwt = new JwtProviders
            {
                Providers =
                [
                    new JwtProvider
                    {
                        Name = "idp",
                        Jwks = new JwksSource { Remote = new RemoteJwks { Url = "https://idp.example/keys", BackendRef = new BackendObjectReference { Name = "idp", Port = 80 } } },
                    },
                ],
            },
        };
        var policy = ForTraffic("guard", Target("HTTPRoute", "shop")) with { Fields = ["jwtAuth"], JwtAuth = new Spec.JwtAuthPolicy { ExtensionRef = new ExtensionReference { Name = "idp" } } };
        var snapshot = Shop.With(extension, policy);

        var missing = _translator.Translate(snapshot);
        var result = _translator.Translate(snapshot.With(Service("idp"), Slice("idp", "10.0.0.9")));
        var left = _translator.Translate(Shop.With(extension, Service("idp"), Slice("idp", "10.0.0.9")));

        Assert.Empty(Assert.IsType<ForwardAction>(RuleOf(missing, "/").Action).Backends);
        Assert.False(missing.GatewayExtensions[Name("idp")].Conditions[0].Status);
        Assert.Equal("default/idp:80", RuleOf(result, "/").Policies!.Jwt!.Providers[0].RemoteJwks!.Cluster);
        Assert.Equal(["10.0.0.9"], result.Configurations[0].Clusters.Single(cluster => cluster.Name == "default/idp:80").Endpoints.Select(endpoint => endpoint.Address));
        Assert.True(result.GatewayExtensions[Name("idp")].Conditions[0].Status);
        Assert.DoesNotContain(left.Configurations[0].Clusters, cluster => cluster.Name == "default/idp:80");
    }

    private static GatewayExtension Idp(string space) => new()
    {
        Metadata = Meta("idp", space),
        Fields = ["jwt"],
        Jwt = new JwtProviders
        {
            Providers = [new JwtProvider { Name = "idp", Jwks = new JwksSource { Local = new LocalJwks { Inline = """{"keys":[{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","kid":"1"}]}""" } } }],
        },
    };

    private static Spec.TrafficPolicy Broken(string field)
    {
        var policy = ForTraffic("guard", Target("HTTPRoute", "shop")) with { Fields = [field] };
        return field switch
        {
            "acl" => policy with { Acl = new Spec.AclPolicy { DefaultAction = "deny", Rules = [new Spec.AclRule { Cidrs = ["10.0.0.0/99"], Action = "allow" }] } },
            "ai" => policy with { Ai = JsonDocument.Parse("{}").RootElement },
            "apiKeyAuth" => policy with { ApiKeyAuth = new Spec.ApiKeyAuthPolicy { SecretRef = new SecretKeyReference { Name = "keys" } } },
            "basicAuth" => policy with { BasicAuth = new Spec.BasicAuthPolicy { SecretRef = new SecretKeyReference { Name = "users" } } },
            "buffer" => policy with { Buffer = new Spec.BufferPolicy { MaxRequestSize = 0 } },
            "csrf" => policy with { Csrf = new Spec.CsrfPolicy { AdditionalOrigins = [new StringMatcher { SafeRegex = "(" }] } },
            "faultInjection" => policy with { FaultInjection = new Spec.FaultInjectionPolicy { Delay = new Spec.FaultDelay { FixedDelay = TimeSpan.FromHours(2) } } },
            "jwtAuth" => policy with { JwtAuth = new Spec.JwtAuthPolicy { ExtensionRef = new ExtensionReference { Name = "nowhere" } } },
            "rateLimit" => policy with { RateLimit = new Spec.RateLimitPolicy { Local = new Spec.LocalRateLimit { TokenBucket = new Spec.TokenBucket { MaxTokens = 1, FillInterval = TimeSpan.FromMilliseconds(1) } } } },
            _ => throw new ArgumentException($"no broken {field}", nameof(field)),
        };
    }

    private static RouteRule RuleOf(TranslationResult result, string path) => result.Configurations[0].Listeners[0].VirtualHosts
        .SelectMany(host => host.Routes)
        .Single(entry => entry.Match.Path.Value == path).Rule;
}
