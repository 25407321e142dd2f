using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Http2.Downstream;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Explain;

/// <summary>x-sluice-explain and x-sluice-explanation.</summary>
public sealed class LiveExplanationTests
{
    private const string Token = "0123456789abcdef";

    [Fact]
    public async Task RightToken_OverHttp1_IsToldHowTheAnswerCameAbout()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Sluice-Explanation: mine\r\n\r\nok");
        await using var proxy = await StartAsync(TestRoutes.All(backend.Endpoint).With(rule => rule with { Name = "all" }));
        await using var client = await proxy.ConnectAsync();

        var response = await client.ExchangeAsync(Get("/", Token));

        Assert.Equal("ok", response.Body);
        Assert.Equal(1, response.Count("X-Sluice-Explanation"));
        Assert.Equal(
            $"gateway=\"test/gateway\", listener=\"http\", route=\"HTTPRoute/test/*\", rule=0, name=\"all\", match=\"PathPrefix /\", backend=\"test/cluster0:80\", endpoint=\"127.0.0.1:{backend.Port}\", attempts=1",
            response["X-Sluice-Explanation"]);
        Assert.Null((await backend.NextRequestAsync())["X-Sluice-Explain"]);

        // The next request on the connection has not asked.
        Assert.Null((await client.ExchangeAsync(Get("/", null)))["X-Sluice-Explanation"]);
        await proxy.Server.ExpectAsync("sluice_explanations_total{result=\"given\"}", 1);
    }

    [Fact]
    public async Task RightToken_OverHttp2_IsTold()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(TestRoutes.All(backend.Endpoint));
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        var response = await client.GetAsync(1, "/", $"x-sluice-explain: {Token}");

        Assert.Contains("route=\"HTTPRoute/test/*\"", response["x-sluice-explanation"], StringComparison.Ordinal);
        Assert.Null((await backend.NextRequestAsync())["x-sluice-explain"]);
        Assert.Null((await client.GetAsync(3, "/"))["x-sluice-explanation"]);
    }

    [Fact]
    public async Task Backend_OfHttp2_DoesNotSeeTheToken()
    {
        await using var backend = Http2Backend.Answering();
        await using var proxy = await StartAsync(Http2Routes.All(backend.Endpoint));

        var response = await proxy.ExchangeAsync(Get("/", Token));

        Assert.Contains("attempts=1", response["X-Sluice-Explanation"], StringComparison.Ordinal);
        Assert.Null(Assert.Single(backend.Requests)["x-sluice-explain"]);
    }

    [Fact]
    public async Task Refusal_NamesFilterAndReason()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(PolicyRoutes.To(backend, new RequestPolicies { Acl = PolicyRoutes.DenyAll }));

        var told = await proxy.ExchangeAsync(Get("/", Token));
        var others = await proxy.ExchangeAsync(Get("/", null));

        Assert.EndsWith("match=\"PathPrefix /\", filter=\"acl\", denied=\"acl_denied{default}\", reason=\"denied\"", told["X-Sluice-Explanation"], StringComparison.Ordinal);
        Assert.Equal((403, null), (others.Status, others["X-Sluice-Explanation"]));
    }

    [Fact]
    public async Task Shadow_IsTold()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(PolicyRoutes.To(backend, new RequestPolicies { LocalRateLimits = [PolicyRoutes.Limit("explained", 1) with { PercentEnforced = 0 }] }));
        await proxy.ExchangeAsync(Get("/", null));

        Assert.EndsWith("shadowed=\"local_rate_limited\"", (await proxy.ExchangeAsync(Get("/", Token)))["X-Sluice-Explanation"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/moved", "reason=\"redirect\"")]
    [InlineData("/direct", "reason=\"direct response\"")]
    [InlineData("/none", "reason=\"no backend\"")]
    [InlineData("/dead", "attempts=1, reason=\"connect failed\", failure=\"connect\"")]
    [InlineData("/nowhere", "gateway=\"test/gateway\", listener=\"http\", reason=\"no route\"")]
    public async Task AnswerOfTheProxy_SaysWhy(string path, string end)
    {
        using var dead = ScriptedBackend.Dead();
        await using var proxy = await StartAsync(new TestRoutes()
            .Add("*", "/moved", new RedirectAction { StatusCode = 302, Hostname = "b.example" })
            .Add("*", "/direct", new DirectResponseAction { StatusCode = 200, Body = "ok" })
            .Add("*", "/none", new ForwardAction([]))
            .Forward("*", "/dead", new Endpoint("127.0.0.1", dead.Port)));

        var response = await proxy.ExchangeAsync(Get(path, Token));

        Assert.EndsWith(end, response["X-Sluice-Explanation"], StringComparison.Ordinal);
        if (path == "/moved")
            Assert.Contains("b.example", response["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ErrorOfGrpc_SaysWhy()
    {
        await using var proxy = await StartAsync(new TestRoutes().Add("*", "/", new ForwardAction([])));

        var response = await proxy.ExchangeAsync($"POST /a.B/C HTTP/1.1\r\nHost: a.test\r\nContent-Type: application/grpc\r\nContent-Length: 0\r\nX-Sluice-Explain: {Token}\r\n\r\n");

        Assert.EndsWith("reason=\"no backend\"", response["X-Sluice-Explanation"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_AreTold()
    {
        var left = 2;
        await using var backend = ScriptedBackend.Answering(_ => left-- > 0 ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 3\r\n\r\nno\n" : ScriptedBackend.Ok);
        await using var proxy = await StartAsync(TestRoutes.All(backend.Endpoint).With(rule => rule with { Retry = new RetryPolicy { StatusCodes = [503], Attempts = 2, Backoff = TimeSpan.Zero } }));

        var response = await proxy.ExchangeAsync(Get("/", Token));

        Assert.Equal(200, response.Status);
        Assert.EndsWith("attempts=3, retries=2", response["X-Sluice-Explanation"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Sluice-Explain: 0123456789abcdeX\r\n")]
    [InlineData("X-Sluice-Explain:\r\n")]
    [InlineData("X-Sluice-Explain: 0123456789abcdef\r\nX-Sluice-Explain: 0123456789abcdef\r\n")]
    [InlineData("X-Sluice-Explain: 0123456789abcdef0\r\n")]
    public async Task WrongToken_IsAsNone_AndCounted(string fields)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(TestRoutes.All(backend.Endpoint));

        var response = await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\n{fields}\r\n");

        Assert.Equal(200, response.Status);
        Assert.Null(response["X-Sluice-Explanation"]);
        Assert.Null((await backend.NextRequestAsync())["X-Sluice-Explain"]);
        await proxy.Server.ExpectAsync("sluice_explanations_total{result=\"refused\"}", 1);
        await proxy.Server.ExpectAsync("sluice_explanations_total{result=\"given\"}", 0);
    }

    [Fact]
    public async Task WithoutAToken_NothingIsExplained_AndAnotherOneTakesItsPlace()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        Assert.Null((await proxy.ExchangeAsync(Get("/", Token)))["X-Sluice-Explanation"]);
        Assert.Null((await backend.NextRequestAsync())["X-Sluice-Explain"]);
        await proxy.Server.ExpectAsync("sluice_explanations_total{result=\"refused\"}", 0);

        proxy.Server.SetExplainToken("another one of them"u8);
        Assert.Null((await proxy.ExchangeAsync(Get("/", Token)))["X-Sluice-Explanation"]);
        Assert.NotNull((await proxy.ExchangeAsync(Get("/", "another one of them")))["X-Sluice-Explanation"]);

        proxy.Server.SetExplainToken([]);
        Assert.Null((await proxy.ExchangeAsync(Get("/", "another one of them")))["X-Sluice-Explanation"]);
        Assert.Throws<ArgumentException>(() => proxy.Server.SetExplainToken("too short"u8));
    }

    [Fact]
    public async Task Trailer_DoesNotCarryTheTokenOn()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(TestRoutes.All(backend.Endpoint));

        await proxy.ExchangeAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX-Sluice-Explain: {Token}\r\nX-Other: 1\r\n\r\n");

        var trailers = (await backend.NextRequestAsync()).Trailers;
        Assert.Equal(["X-Other"], trailers.Select(field => field.Name));
    }

    private static async Task<TestProxy> StartAsync(TestRoutes routes)
    {
        var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        proxy.Server.SetExplainToken(System.Text.Encoding.ASCII.GetBytes(Token));
        return proxy;
    }

    private static string Get(string path, string? token) =>
        $"GET {path} HTTP/1.1\r\nHost: a.test\r\n{(token is null ? "" : $"x-sluice-explain: {token}\r\n")}\r\n";
}
