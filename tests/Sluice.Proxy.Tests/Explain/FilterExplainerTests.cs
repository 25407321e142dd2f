using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Tests.Filters.Chain;
using Sluice.Proxy.Tests.Filters.Jwt;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Explain;

/// <summary>The chain of a rule as people are shown it.</summary>
public sealed class FilterExplainerTests : IDisposable
{
    private readonly TokenIssuer _issuer = new();

    [Fact]
    public void Filters_AreThoseThatRun_InTheirOrder()
    {
        var problems = new List<string>();
        var chain = new FilterChain(FilterCompiler.Compile(Full, FilterRun.Parts(), 0, problems));

        Assert.Empty(problems);
        Assert.Equal(chain.Filters.Select(filter => (filter.Name, filter.Stage.ToString())), Explain().Action!.Filters.Where(filter => filter.Name != "cors").Select(filter => (filter.Name, filter.Stage)));
    }

    [Fact]
    public void Text_ShowsOrderAndSettings_AndNoSecret()
    {
        string[] lines = [.. ExplanationText.Render(Explain()).Select(line => line.Text.Trim()).Where(line => line.StartsWith("filter ", StringComparison.Ordinal))];

        Assert.Equal(
        [
            "filter faultDelay (Fault): responses at 64 kbit/s for 9 %; waits 1.5 s for 7 %",
            "filter faultAbort (Fault): answers 503 for 8 %",
            "filter cors (Cors): origins https://b.test; preflights are answered here",
            "filter jwt (Authentication): provider \"p\": issuer \"i\", audiences a, keys of the configuration; requests without a token are served",
            "filter basicAuth (Authentication): realm \"r\"; 1 user",
            "filter apiKey (Authentication): key in header h, query parameter q, cookie c; 1 client",
            "filter rbac (Authorization): lets in what matches one of 1 expression; true",
            "filter acl (Authorization): refuses addresses of no rule; office: lets in 10.0.0.0/8; rule 1: refuses 10.1.0.0/16",
            "filter localRateLimit (RateLimit): bucket \"b\": up to 5, 2 more every 3 s; refuses 30 % of those over it",
            "filter csrf (Route): enforced for 10 %; noted for 20 %; also origins Suffix .b.test",
            "filter buffer (Route): up to 100 octets of a request",
        ], lines);
        Assert.DoesNotContain("hush", ExplanationJson.Serialize(Explain()), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_HasThem()
    {
        Explanation read = ExplanationJson.Deserialize(ExplanationJson.Serialize(Explain()));

        Assert.Equal("Authentication", read.Action!.Filters.First(filter => filter.Name == "jwt").Stage);
        Assert.NotEmpty(read.Action.Filters[0].Settings);
    }

    [Fact]
    public void RuleWithoutPolicies_HasNone() =>
        Assert.Empty(new FilterRule(Samples.Rule("plain") with { Cors = new CorsPolicy { AllowOrigins = ["*"] } }).Explain().Action!.Filters);

    public void Dispose() => _issuer.Dispose();

    private RequestPolicies Full => new()
    {
        FaultInjection = new FaultInjectionPolicy { Delay = new FaultDelay(TimeSpan.FromMilliseconds(1500), 7), Abort = new FaultAbort { HttpStatus = 503, Percentage = 8 }, ResponseRateLimit = new FaultRateLimit(64, 9) },
        Jwt = new JwtPolicy { ValidationMode = JwtValidationMode.AllowMissing, Providers = [new JwtProvider { Name = "p", Issuer = "i", Audiences = ["a"], InlineJwks = _issuer.Jwks }] },
        BasicAuth = new BasicAuthPolicy { Realm = "r", Users = [new BasicAuthUser("u", new SecretText("{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ="))] },
        ApiKey = new ApiKeyPolicy { Sources = [new ApiKeySource { Header = "h", Query = "q", Cookie = "c" }], Clients = [new ApiKeyClient("id", new SecretText("hush"))] },
        Rbac = new RbacPolicy { Expressions = ["true"] },
        Acl = new AclPolicy
        {
            DefaultAction = AclAction.Deny,
            Rules = [new AclRule { Name = "office", Cidrs = ["10.0.0.0/8"], Action = AclAction.Allow }, new AclRule { Cidrs = ["10.1.0.0/16"], Action = AclAction.Deny }],
        },
        LocalRateLimits = [new LocalRateLimitPolicy { Bucket = "b", MaxTokens = 5, TokensPerFill = 2, FillInterval = TimeSpan.FromSeconds(3), PercentEnforced = 30 }],
        Csrf = new CsrfPolicy { PercentageEnabled = 10, PercentageShadowed = 20, AdditionalOrigins = [new StringMatch(StringMatchType.Suffix, ".b.test")] },
        Buffer = new BufferPolicy(100),
    };

    private Explanation Explain() => new FilterRule(Samples.Rule("shop") with { Policies = Full, Cors = new CorsPolicy { AllowOrigins = ["https://b.test"] } }).Explain();

    private sealed record FilterRule(RouteRule Rule)
    {
        public Explanation Explain() => RouteExplainer.Explain(
            [Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", new RouteEntry(new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, "/") }, Rule))))],
            new ExplainRequest { Host = "a", Port = 8080 });
    }
}
