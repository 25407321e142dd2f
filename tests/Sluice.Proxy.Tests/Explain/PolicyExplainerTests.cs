using Sluice.Configuration;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Explain;

public sealed class PolicyExplainerTests
{
    private static readonly RouteRule Rule = Samples.Rule("shop", new WeightedBackend
    {
        Cluster = "shop/one:80",
        Weight = 1,
        Mirrors = [new RequestMirror { Cluster = null }],
    }) with
    {
        Timeouts = new RouteTimeouts { Request = TimeSpan.FromSeconds(90), BackendRequest = TimeSpan.FromMilliseconds(500) },
        Retry = new RetryPolicy { StatusCodes = [500, 503], Attempts = 2 },
        Mirrors = [new RequestMirror { Cluster = "shop/copy:80", Numerator = 1, Denominator = 3 }],
        Cors = new CorsPolicy { AllowOrigins = ["https://a.example"] },
        SessionPersistence = new SessionPersistence { Type = SessionPersistenceType.Header, SessionName = "X-Session" },
    };

    [Fact]
    public void Explain_Policies_AreSaid()
    {
        var explanation = Explain(new ExplainRequest { Host = "a", Port = 8080, Headers = [new HeaderValue("origin", "https://b.example")] });

        Assert.Equal(
        [
            "CORS: origin \"https://b.example\" is not allowed; a browser keeps the response from scripts",
            "timeout: 90 s for the whole request",
            "timeout: 0.5 s for each attempt",
            "retries: up to 2 on connection errors and timeouts of attempts and on 500, 503, after 0.025 s or more",
            "session: kept at its endpoint by header \"X-Session\"",
        ], explanation.Action!.Policies);
        Assert.Equal(["shop/copy:80 (33.33 %)", "nobody, since its backendRef does not resolve"], explanation.Action.Backends[0].Mirrors);
        var text = ExplanationText.Render(explanation).Select(line => line.Text.Trim()).ToArray();
        Assert.Contains("copied to shop/copy:80 (33.33 %)", text);
        Assert.Contains("timeout: 90 s for the whole request", text);
    }

    [Fact]
    public void Describe_ConditionsAndRedirects_AreSaid()
    {
        var rule = Samples.Rule("shop", new WeightedBackend { Cluster = "shop/one:80", Weight = 1 }) with
        {
            Timeouts = new RouteTimeouts { StreamIdle = TimeSpan.FromSeconds(3) },
            Retry = new RetryPolicy { Conditions = RetryConditions.ServerError | RetryConditions.RefusedStream, StatusCodes = [429], PerTryTimeout = TimeSpan.FromSeconds(2), FullJitter = true },
            InternalRedirect = new InternalRedirectPolicy { StatusCodes = [302, 307], MaxRedirects = 4 },
        };

        Assert.Equal(
        [
            "timeout: 2 s for each attempt",
            "timeout: 3 s without a byte of the request or response",
            "retries: up to 1 on 5xx, refused-stream and on 429, after 0.025 s or less, doubling",
            "redirects: up to 4 of the backend with 302, 307 are followed here",
        ], PolicyExplainer.Describe(rule, new ExplainRequest { Host = "a", Port = 8080 }));
    }

    [Theory]
    [InlineData("OPTIONS", true, ExplainOutcome.Answered, "204: HTTPRoute/test/shop rule 0 answers the CORS preflight itself")]
    [InlineData("OPTIONS", false, ExplainOutcome.Forwarded, "HTTPRoute/test/shop rule 0 forwards to shop/one:80")]
    [InlineData("GET", true, ExplainOutcome.Forwarded, "HTTPRoute/test/shop rule 0 forwards to shop/one:80")]
    public void Explain_Preflight_IsAnswered(string method, bool asks, ExplainOutcome outcome, string summary)
    {
        HeaderValue[] headers = [new("Origin", "https://a.example"), .. asks ? [new HeaderValue("Access-Control-Request-Method", "PUT")] : Array.Empty<HeaderValue>()];

        var explanation = Explain(new ExplainRequest { Host = "a", Port = 8080, Method = method, Headers = headers });

        Assert.Equal((outcome, summary), (explanation.Outcome, explanation.Summary));
        Assert.Equal("CORS: origin \"https://a.example\" is allowed", explanation.Action!.Policies[0]);
    }

    private static Explanation Explain(ExplainRequest request)
    {
        var entry = new RouteEntry(RouteMatch.Default, Rule);
        var configuration = Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", entry))) with
        {
            Clusters = [new Cluster { Name = "shop/one:80", Endpoints = [new Endpoint("10.0.0.1", 3000)] }],
        };
        return RouteExplainer.Explain([configuration], request);
    }
}
