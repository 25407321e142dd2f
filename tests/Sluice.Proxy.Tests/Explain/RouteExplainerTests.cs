using Sluice.Configuration;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Explain;

public sealed class RouteExplainerTests
{
    [Fact]
    public void Explain_Forward_ShowsWinnerBackendsAndWhatTheyGet()
    {
        RouteRule rule = Samples.Rule(
            "shop",
            new WeightedBackend { Cluster = "shop/one:80", Weight = 3, RequestHeaders = [new HeaderModifier { Set = [new HeaderValue("X-Backend", "one")] }] },
            new WeightedBackend { Cluster = "shop/two:80", Weight = 1 },
            new WeightedBackend { Cluster = null, Weight = 0 }) with
        {
            UrlRewrite = new UrlRewrite { Hostname = "shop.internal", Path = new PathModifier(PathModifierType.ReplacePrefixMatch, "/v1") },
            RequestHeaders = [new HeaderModifier { Remove = ["Cookie"] }],
        };
        var entry = new RouteEntry(new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, "/shop") }, rule);
        ProxyConfiguration configuration = Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", entry))) with
        {
            Clusters =
            [
                new Cluster { Name = "shop/one:80", Endpoints = [new Endpoint("10.0.0.1", 3000), new Endpoint("::1", 3000)] },
                new Cluster { Name = "shop/two:80", Endpoints = [] },
            ],
        };

        Explanation explanation = Explain(configuration, "http://example.com:8080/shop/cart?a=b");

        Assert.Equal(ExplainOutcome.Forwarded, explanation.Outcome);
        Assert.Null(explanation.StatusCode);
        Assert.Equal("HTTPRoute/test/shop rule 0 forwards to shop/one:80 (75 %), shop/two:80 (25 %)", explanation.Summary);
        Assert.Equal("HTTPRoute/test/shop", explanation.Winner?.Route);
        BackendExplanation first = explanation.Action!.Backends[0], second = explanation.Action.Backends[1];
        Assert.Equal(0.75, first.Share);
        Assert.Equal(["10.0.0.1:3000", "[::1]:3000"], first.Endpoints);
        Assert.Equal("/v1/cart?a=b", first.Target);
        Assert.Equal("shop.internal", first.Host);
        Assert.Equal(["remove Cookie", "set X-Backend: one"], first.RequestHeaders);
        Assert.Null(first.Problem);
        Assert.Equal("no endpoints: its share is answered with 503", second.Problem);
        Assert.Equal("the backendRef does not resolve: its share is answered with 500", explanation.Action.Backends[2].Problem);
    }

    [Fact]
    public void Explain_NoEntryMatches_NamesTheClosestAndWhatDidNotMatch()
    {
        RouteEntry[] entries =
        [
            new(new RouteMatch
            {
                Path = new PathMatch(PathMatchType.PathPrefix, "/v2"),
                Method = "GET",
                Headers = [new ValueMatch("version", ValueMatchType.Exact, "two")],
                QueryParams = [new ValueMatch("animal", ValueMatchType.RegularExpression, "wh.*")],
            }, Samples.Rule("v2")),
            Samples.Exact("other", "/v2/example/other"),
            Samples.Prefix("v2example", "/v2/exam"),
        ];

        Explanation explanation = Explain(Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", entries))), "http://example.com:8080/v2/example?animal=dog");

        Assert.Equal(ExplainOutcome.NoRoute, explanation.Outcome);
        Assert.Equal(404, explanation.StatusCode);
        Assert.Equal("HTTPRoute/test/v2", explanation.Closest?.Route);
        Assert.Equal(
            ["\"/v2/example\" is at or below \"/v2/\"", "method: \"GET\"", "header version: want \"two\", request has none", "query parameter animal: \"dog\" does not match \"wh.*\" as a whole"],
            explanation.Closest!.Predicates.Select(predicate => predicate.Reason));
        Assert.Equal([true, true, false, false], explanation.Closest.Predicates.Select(predicate => predicate.Passed));
        Assert.Equal("\"/v2/example\" begins with \"/v2/exam\", but that is not a whole path element", explanation.Entries[2].Reason);
    }

    [Fact]
    public void Explain_OnlyPathsDiffer_ClosestSharesMostOfThePath()
    {
        RouteEntry[] entries = [Samples.Exact("a", "/api/v1/users"), Samples.Exact("b", "/api/v2/users"), Samples.Prefix("c", "/shop")];

        Explanation explanation = Explain(Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", entries))), "http://example.com:8080/api/v2/user");

        Assert.Equal("HTTPRoute/test/b", explanation.Closest?.Route);
    }

    [Fact]
    public void Explain_SeveralEntriesMatch_SaysWhichHasPrecedence()
    {
        Explanation explanation = Explain(
            Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", Samples.Prefix("long", "/a"), Samples.Prefix("short", "/")))), "http://example.com:8080/a");

        Assert.True(explanation.Entries[0].Wins);
        Assert.Equal("the first in the order of precedence that matches", explanation.Entries[0].Reason);
        Assert.True(explanation.Entries[1].Matches);
        Assert.Equal("matches, but entry 1 has precedence", explanation.Entries[1].Reason);
    }

    [Fact]
    public void Explain_Listeners_SaysWhyEachLost()
    {
        Listener other = Samples.Listener("other-port", "", Samples.Host("*")) with { Port = 81, BindPort = 8081 };
        ProxyConfiguration configuration = Samples.Configuration(
            other, Samples.Listener("every", "", Samples.Host("*", Samples.Prefix("any", "/"))), Samples.Listener("wild", "*.example.com", Samples.Host("*.example.com")), Samples.Listener("org", "example.org"));

        Explanation explanation = Explain(configuration, "http://a.example.com:8080/");

        Assert.Equal(
            [
                "request to port 8080, listener is on 81 (bound: 8081)",
                "matches, but listener \"wild\" for \"*.example.com\" is more specific, and there is no fallback",
                "the most specific hostname that matches",
                "host \"a.example.com\" does not match \"example.org\"",
            ],
            explanation.Listeners.Select(listener => listener.Reason));
        Assert.Equal([false, false, true, false], explanation.Listeners.Select(listener => listener.Wins));
        Assert.Equal(ExplainOutcome.NoRoute, explanation.Outcome);
    }

    [Fact]
    public void Explain_PortThatTheGatewayStates_MeansItsListenerUnlessAnotherIsBoundThere()
    {
        ProxyConfiguration configuration = Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", Samples.Prefix("any", "/"))));

        Assert.Equal(ExplainOutcome.NoBackend, Explain(configuration, "http://a.example/").Outcome);
        Assert.Equal(ExplainOutcome.NoBackend, Explain(configuration, "http://a.example:8080/").Outcome);
        Explanation nothing = Explain(configuration, "http://a.example:9999/");
        Assert.Equal(ExplainOutcome.NoPort, nothing.Outcome);
        Assert.Null(nothing.StatusCode);
        Assert.Equal("no listener is on port 9999: nothing answers", nothing.Summary);
    }

    [Fact]
    public void Explain_NoListenerForHost_SaysSo()
    {
        Explanation explanation = Explain(Samples.Configuration(Samples.Listener("http", "*.example.com")), "http://example.com:8080/");

        Assert.Equal(ExplainOutcome.NoListener, explanation.Outcome);
        Assert.Equal(404, explanation.StatusCode);
    }

    [Fact]
    public void Explain_NoVirtualHostForHost_NamesTheClosestHostname()
    {
        ProxyConfiguration configuration = Samples.Configuration(Samples.Listener(
            "http", "", Samples.Host("a.example.org", Samples.Prefix("a", "/")), Samples.Host("*.example.com", Samples.Prefix("b", "/"))));

        Explanation explanation = Explain(configuration, "http://example.com:8080/");

        Assert.Equal(ExplainOutcome.NoVirtualHost, explanation.Outcome);
        Assert.Equal(["the closest hostname is \"*.example.com\"; a wildcard stands for at least one label and never matches the bare domain"], explanation.Notes);
    }

    [Fact]
    public void Explain_OnlyALessSpecificHostnameMatches_TakesItAndSaysWhy()
    {
        ProxyConfiguration configuration = Samples.Configuration(Samples.Listener(
            "http", "", Samples.Host("*", Samples.Prefix("every", "/")), Samples.Host("a.example", Samples.Prefix("a", "/only"))));

        Explanation explanation = Explain(configuration, "http://a.example:8080/other");

        Assert.Equal("HTTPRoute/test/every", explanation.Winner?.Route);
        Assert.Equal(["a.example", "*"], explanation.VirtualHosts.Select(virtualHost => virtualHost.Hostname));
        Assert.Equal([false, true], explanation.VirtualHosts.Select(virtualHost => virtualHost.Wins));
        Assert.Equal("matches, and no entry of a more specific hostname does", explanation.VirtualHosts[1].Reason);
        Assert.Equal(["HTTPRoute/test/a", "HTTPRoute/test/every"], explanation.Entries.Select(entry => entry.Route));
    }

    [Fact]
    public void Explain_HostHeader_TakesThePlaceOfTheHostOfTheUrl()
    {
        ProxyConfiguration configuration = Samples.Configuration(Samples.Listener("http", "", Samples.Host("a.example", Samples.Prefix("a", "/"))));
        ExplainRequest request = ExplainRequest.FromUrl("http://127.0.0.1:8080/", out _)! with { Headers = [new HeaderValue("host", "A.example:80")] };

        Assert.Equal("HTTPRoute/test/a", RouteExplainer.Explain([configuration], request).Winner?.Route);
    }

    [Fact]
    public void Explain_SeveralGatewaysOnThePort_TakesTheNamedOrAddressedOrTheOneThatRoutes()
    {
        ProxyConfiguration one = Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", Samples.Prefix("one", "/one")))) with { Gateway = "test/one", Addresses = ["127.0.0.1"] };
        ProxyConfiguration two = Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", Samples.Prefix("two", "/two")))) with { Gateway = "test/two", Addresses = ["127.0.0.2"] };
        ExplainRequest request = ExplainRequest.FromUrl("http://a.example:8080/two", out _)!;

        Explanation routed = RouteExplainer.Explain([one, two], request);
        Explanation named = RouteExplainer.Explain([one, two], request with { Gateway = "test/one" });
        Explanation addressed = RouteExplainer.Explain([one, two], request with { Host = "127.0.0.1" });
        Explanation unknown = RouteExplainer.Explain([one, two], request with { Gateway = "test/three" });

        Assert.Equal("test/two", routed.Gateway);
        Assert.Equal("another Gateway, on addresses of its own", routed.Listeners[0].Reason);
        Assert.Single(routed.Notes);
        Assert.Equal("test/one", named.Gateway);
        Assert.Equal(ExplainOutcome.NoRoute, named.Outcome);
        Assert.Equal("test/one", addressed.Gateway);
        Assert.Equal(ExplainOutcome.NoPort, unknown.Outcome);
        Assert.Equal(["there is no Gateway test/three; there are: test/one, test/two"], unknown.Notes);
    }

    [Fact]
    public void Explain_Redirect_ShowsLocation()
    {
        var entry = new RouteEntry(RouteMatch.Default, Samples.Rule("moved", new RedirectAction { StatusCode = 301, Scheme = "https" }));

        Explanation explanation = Explain(Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", entry))), "http://a.example:8080/x?y");

        Assert.Equal(ExplainOutcome.Answered, explanation.Outcome);
        Assert.Equal(301, explanation.StatusCode);
        Assert.Equal("https://a.example/x?y", explanation.Action?.Location);
        Assert.Equal("301: HTTPRoute/test/moved rule 0 answers with a redirect to https://a.example/x?y", explanation.Summary);
    }

    public static TheoryData<WeightedBackend[], int, string> Unusable => new()
    {
        { [], 500, "500: HTTPRoute/test/none rule 0 has no backendRefs" },
        { [new WeightedBackend { Cluster = "a", Weight = 0 }], 500, "500: HTTPRoute/test/none rule 0 has only backendRefs of weight 0" },
        { [new WeightedBackend { Cluster = null, Weight = 1 }], 500, "500: HTTPRoute/test/none rule 0 has no usable backend" },
        { [new WeightedBackend { Cluster = "empty", Weight = 1 }], 503, "503: HTTPRoute/test/none rule 0 has no usable backend" },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void Explain_NoUsableBackend_GivesTheStatusCode(WeightedBackend[] backends, int statusCode, string summary)
    {
        ProxyConfiguration configuration = Samples.Configuration(Samples.Listener("http", "", Samples.Host("*", new RouteEntry(RouteMatch.Default, Samples.Rule("none", backends))))) with
        {
            Clusters = [new Cluster { Name = "empty", Endpoints = [] }],
        };

        Explanation explanation = Explain(configuration, "http://a.example:8080/");

        Assert.Equal(ExplainOutcome.NoBackend, explanation.Outcome);
        Assert.Equal(statusCode, explanation.StatusCode);
        Assert.Equal(summary, explanation.Summary);
    }

    [Theory]
    [InlineData("no-slash")]
    [InlineData("/%zz")]
    [InlineData("/../..")]
    public void Explain_PathThatIsNone_IsABadRequest(string path)
    {
        Explanation explanation = RouteExplainer.Explain([], new ExplainRequest { Host = "a", Path = path });

        Assert.Equal(ExplainOutcome.BadRequest, explanation.Outcome);
        Assert.Equal(400, explanation.StatusCode);
    }

    private static Explanation Explain(ProxyConfiguration configuration, string url) =>
        RouteExplainer.Explain([configuration], ExplainRequest.FromUrl(url, out _)!);
}
