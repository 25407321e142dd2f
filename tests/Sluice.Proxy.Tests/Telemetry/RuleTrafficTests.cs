using Sluice.Configuration;
using Sluice.Proxy.Telemetry;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Telemetry;

/// <summary>What is counted of rules of routes: from the first request on, across changes, until the rule goes.</summary>
public sealed class RuleTrafficTests
{
    [Fact]
    public async Task Rule_IsCountedFromItsFirstRequestOn()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(backend.Endpoint), workers: 2);
        Assert.Empty(proxy.Server.ReadTraffic()!);

        await proxy.ExchangeAsync(Get("/a"));
        await proxy.ExchangeAsync(Get("/a/x"));
        await proxy.ExchangeAsync(Get("/nowhere"));

        var rule = Assert.Single(await TrafficAsync(proxy, 2));
        Assert.Equal(("test/gateway", "http", "HTTPRoute/test/*", "0"), (rule.Gateway, rule.Listener, rule.Route, rule.Rule));
        Assert.Equal((2, 0, 2, 4), (rule.Requests, rule.Active, rule.Classes[1], rule.SentBytes));
        Assert.Equal(2, rule.Buckets.Sum());
        Assert.Equal(RuleTraffic.BucketBounds.Count + 1, rule.Buckets.Count);
    }

    [Fact]
    public async Task Counts_SurviveNewObjectsOfTheSameRule_AndGoWithTheRule()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(backend.Endpoint));
        await proxy.ExchangeAsync(Get("/a"));
        await proxy.ExchangeAsync(Get("/b"));
        Assert.Equal(2, (await TrafficAsync(proxy, 2)).Count);

        // Everything is made anew, and so is what is counted with; before the next request nobody has asked for it.
        await proxy.ApplyAsync(Routes(backend.Endpoint));
        Assert.Equal(2, proxy.Server.ReadTraffic()!.Count);
        await proxy.ExchangeAsync(Get("/a"));
        Assert.Equal([2, 1], (await TrafficAsync(proxy, 3)).Select(rule => rule.Requests));

        await proxy.ApplyAsync(new TestRoutes().Forward("*", "/a", backend.Endpoint));
        Assert.Equal("0", Assert.Single(proxy.Server.ReadTraffic()!).Rule);

        // Back again, it begins anew.
        await proxy.ApplyAsync(Routes(backend.Endpoint));
        await proxy.ExchangeAsync(Get("/b"));
        Assert.Equal([2, 1], (await TrafficAsync(proxy, 3)).Select(rule => rule.Requests));
    }

    [Fact]
    public async Task Name_IsTheIdentityOfARule_WhereItHasOne()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes().Forward("*", "/a", backend.Endpoint).With(rule => rule with { Name = "cart" }));
        await proxy.ExchangeAsync(Get("/a"));
        await TrafficAsync(proxy, 1);

        await proxy.ApplyAsync(new TestRoutes().Forward("*", "/first", backend.Endpoint).Forward("*", "/a", backend.Endpoint).With(rule => rule with { Name = "cart" }));
        await proxy.ExchangeAsync(Get("/a"));

        var rule = Assert.Single(await TrafficAsync(proxy, 2));
        Assert.Equal(("cart", 2), (rule.Rule, rule.Requests));
    }

    [Fact]
    public async Task Detail_OfRoutes_HasSeriesOfRulesWithRequests_AndOtherwiseNone()
    {
        const string Series = "sluice_route_requests_total{gateway=\"test/gateway\",listener=\"http\",route=\"HTTPRoute/test/*\",rule=\"0\",code_class=\"2xx\"}";
        await using var backend = ScriptedBackend.Answering();
        await using var detailed = await TestProxy.StartAsync(new ProxyLimits(), Routes(backend.Endpoint), detail: MetricsDetail.Route);
        await using var ordinary = await TestProxy.StartAsync(new ProxyLimits(), Routes(backend.Endpoint));

        await detailed.ExchangeAsync(Get("/a"));
        await ordinary.ExchangeAsync(Get("/a"));

        await detailed.Server.ExpectAsync(Series, 1);
        Assert.DoesNotContain("rule=\"1\"", detailed.Server.MetricsText(), StringComparison.Ordinal);
        Assert.DoesNotContain("sluice_route_", ordinary.Server.MetricsText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_DoNotFollowTheNumberOfRoutes()
    {
        await using var backend = ScriptedBackend.Answering();
        var many = new TestRoutes();
        for (var i = 0; i < 2000; i++)
            many.Forward("*", $"/r{i}", backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), many);
        await using var client = await proxy.ConnectAsync();
        for (var i = 0; i < 200; i++)
            await client.ExchangeAsync(Get($"/r{i}"));
        await TrafficAsync(proxy, 200);

        Assert.InRange(proxy.Server.MetricsText().Split('\n').Count(line => line.Length > 0 && line[0] != '#'), 50, 400);
    }

    [Fact]
    public void Book_IsBounded_WhatComesBeyondIsCountedTogether()
    {
        var book = new RuleMetricsBook(workers: 1);
        var listener = new ListenerMetrics("ns/gw", "http", 1, book);
        for (var i = 0; i < RuleMetricsBook.MaxRules; i++)
            book.For(listener, Rule(i));

        var beyond = book.For(listener, Rule(RuleMetricsBook.MaxRules));

        Assert.Same(beyond, book.For(listener, Rule(RuleMetricsBook.MaxRules + 1)));
        Assert.Equal("(others)", beyond.Key.Route);
        Assert.NotSame(beyond, book.For(listener, Rule(0)));
        Assert.Equal(RuleMetricsBook.MaxRules + 1, book.All.Count());
    }

    [Fact]
    public void Book_OfGoneRules_IsPrunedWhenItHasGrown()
    {
        var book = new RuleMetricsBook(workers: 1);
        var listener = new ListenerMetrics("ns/gw", "http", 1, book);
        for (var i = 0; i < 100; i++)
            book.For(listener, Rule(i));
        book.PruneIfGrown([]);
        Assert.Equal(100, book.All.Count());

        for (var i = 0; i < 300; i++)
            book.For(listener, Rule(i));
        book.PruneIfGrown([]);

        Assert.Empty(book.All);
    }

    private static TestRoutes Routes(Endpoint endpoint) => new TestRoutes().Forward("*", "/a", endpoint).Forward("*", "/b", endpoint);

    private static RouteRule Rule(int index) => new() { Route = "HTTPRoute/ns/r", Index = index, Action = new ForwardAction([]) };

    private static string Get(string path) => $"GET {path} HTTP/1.1\r\nHost: a.test\r\n\r\n";

    /// <summary>The counts, once so many requests have ended.</summary>
    private static async Task<IReadOnlyList<RuleTraffic>> TrafficAsync(TestProxy proxy, int ended)
    {
        await Eventually.Is(ended, () => proxy.Server.ReadTraffic()!.Sum(rule => rule.Buckets.Sum()), "requests that have ended");
        return proxy.Server.ReadTraffic()!;
    }
}
