using Sluice.Configuration;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Explain;

public sealed class ExplanationTextTests
{
    [Fact]
    public void Render_Forwarded_ShowsEveryStep()
    {
        RouteRule rule = Samples.Rule("shop", new WeightedBackend { Cluster = "shop/one:80", Weight = 1 });
        var entry = new RouteEntry(new RouteMatch { Path = new PathMatch(PathMatchType.PathPrefix, "/shop"), Method = "GET" }, rule);
        ProxyConfiguration configuration = Samples.Configuration(
            Samples.Listener("http", "", Samples.Host("*", Samples.Exact("home", "/"), entry, Samples.Prefix("rest", "/")))) with
        {
            Clusters = [new Cluster { Name = "shop/one:80", Endpoints = [new Endpoint("10.0.0.1", 3000)] }],
        };
        Explanation explanation = RouteExplainer.Explain(
            [configuration], ExplainRequest.FromUrl("http://a.example:8080/shop?x", out _)! with { Headers = [new HeaderValue("Accept", "*/*")] });

        Assert.Equal(
            """
            Request
              GET http://a.example:8080/shop?x
              Accept: */*
            Listeners
              ✓ test/gateway http: port 80, every host: the most specific hostname that matches
            Hostnames of routes
              ✓ *, entries: 3: the most specific hostname that matches
            Entries in the order of precedence
              ✗ 1. HTTPRoute/test/home rule 0: Exact /
                  ✗ "/shop" is not "/"
              ✓ 2. HTTPRoute/test/shop rule 0: PathPrefix /shop, method GET
                  the first in the order of precedence that matches
              · 3. HTTPRoute/test/rest rule 0: PathPrefix /
                  matches, but entry 2 has precedence
            Outcome
              ✓ HTTPRoute/test/shop rule 0 forwards to shop/one:80
              100 % shop/one:80
                endpoints: 10.0.0.1:3000
                gets /shop?x, Host: a.example:8080
            """,
            string.Join('\n', ExplanationText.Render(explanation).Select(line => line.Text)));
    }

    [Fact]
    public void Render_ManyCandidatesThatDoNotMatch_CountsThem()
    {
        VirtualHost[] hosts = [.. Enumerable.Range(0, 100).Select(i => Samples.Host($"{i}.example", Samples.Prefix("x", "/")))];
        RouteEntry[] entries = [.. Enumerable.Range(0, 100).Select(i => Samples.Exact($"{i}", $"/{i}"))];
        Explanation explanation = RouteExplainer.Explain(
            [Samples.Configuration(Samples.Listener("http", "", [.. hosts, Samples.Host("a.example", entries)]))], ExplainRequest.FromUrl("http://a.example:8080/x", out _)!);

        IReadOnlyList<ExplanationLine> lines = ExplanationText.Render(explanation, limit: 3);

        Assert.Contains(lines, line => line.Text == "  … and 97 more that do not match");
        Assert.Contains(lines, line => line.Text == "  … and 96 more that do not match");
        Assert.Contains(lines, line => line.Kind == ExplanationLineKind.Success && line.Text.StartsWith("  ✓ a.example", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Text.StartsWith("  closest: entry 1, HTTPRoute/test/0 rule 0", StringComparison.Ordinal));
        Assert.True(lines.Count < 30);
    }

    [Fact]
    public void Render_LineKinds_TellHeadingsWinnersAndLosersApart()
    {
        Explanation explanation = RouteExplainer.Explain([Samples.Configuration(Samples.Listener("http", "b.example"))], ExplainRequest.FromUrl("http://a.example:8080/", out _)!);

        Assert.Equal(
            [ExplanationLineKind.Heading, ExplanationLineKind.Plain, ExplanationLineKind.Heading, ExplanationLineKind.Failure, ExplanationLineKind.Heading, ExplanationLineKind.Failure],
            ExplanationText.Render(explanation).Select(line => line.Kind));
    }
}
