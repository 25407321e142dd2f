using Sluice.Configuration;
using Sluice.Configuration.Listeners;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Listeners;

/// <summary>What a listener's settings do to requests and their heads, over HTTP/1.1 and HTTP/2.</summary>
public sealed class HttpSettingsTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Fact]
    public async Task Defaults_AreAsWithoutSettings()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var plain = await TestProxy.StartAsync(backend.Endpoint);
        await using var proxy = await StartAsync(new HttpSettings(), backend);
        const string Request = "GET /a?b HTTP/1.1\r\nHost: a.test:81\r\nX-Request-Id: mine\r\nX-Forwarded-For: 9.9.9.9\r\nServer: x\r\n\r\n";

        var (one, other) = (await plain.ExchangeAsync(Request), await proxy.ExchangeAsync(Request));

        Assert.Equal(one.RawHead, other.RawHead);
        var requests = backend.TakeRequests();
        Assert.Equal(requests[0].RawHead, requests[1].RawHead);
    }

    [Fact]
    public async Task EarlyHeaders_AreThereWhenARouteIsChosen()
    {
        await using var chosen = ScriptedBackend.Answering(ScriptedBackend.Ok.Replace("\r\n\r\nok", "\r\n\r\nit", StringComparison.Ordinal));
        await using var other = ScriptedBackend.Answering();
        var early = new HeaderModifier { Set = [new HeaderValue("X-Tier", "gold")], Add = [new HeaderValue("X-More", "b")], Remove = ["X-Debug"] };
        var routes = new TestRoutes { Http = new HttpSettings { EarlyRequestHeaders = early } }
            .Forward("*", "/", chosen.Endpoint)
            .Match(match => match with { Headers = [new ValueMatch("x-tier", ValueMatchType.Exact, "gold")] })
            .Forward("*", "/", other.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        var response = await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nX-Tier: tin\r\nx-more: a\r\nX-DEBUG: 1\r\nX-Kept: k\r\n\r\n");
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);
        var second = await client.GetAsync(1, "/", ("x-debug", "1"), ("x-more", "a"));

        Assert.Equal(("it", "it"), (response.Body, second.Body));
        Assert.Empty(other.Requests);
        Assert.All(chosen.Requests, request =>
        {
            Assert.Equal("gold", request["X-Tier"]);
            Assert.Equal("a, b", request["X-More"]);
            Assert.Null(request["X-Debug"]);
        });
        Assert.Equal("k", chosen.Requests.First()["X-Kept"]);
    }

    [Theory]
    [InlineData(StripHostPortMode.None, false, "a.test.:8081", "a.test.:8081")]
    [InlineData(StripHostPortMode.MatchingPort, false, "a.test:8081", "a.test:8081")]
    [InlineData(StripHostPortMode.AnyPort, false, "a.test:8081", "a.test")]
    [InlineData(StripHostPortMode.AnyPort, false, "[::1]:8081", "[::1]")]
    [InlineData(StripHostPortMode.AnyPort, true, "a.test.:8081", "a.test")]
    [InlineData(StripHostPortMode.None, true, "a.test.:8081", "a.test:8081")]
    [InlineData(StripHostPortMode.None, true, "a.test.", "a.test")]
    public async Task HostIsStripped(StripHostPortMode mode, bool dot, string host, string expected)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(new HttpSettings { StripHostPort = mode, StripTrailingHostDot = dot }, backend);

        await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n");
        await proxy.ExchangeAsync($"GET http://{host}/ HTTP/1.1\r\nHost: {host}\r\n\r\n");

        Assert.All(backend.Requests, request => Assert.Equal(expected, request["Host"]));
        Assert.Equal(2, backend.Requests.Count);
    }

    [Fact]
    public async Task MatchingPort_IsTheListeners()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(new HttpSettings { StripHostPort = StripHostPortMode.MatchingPort }, backend);

        await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test:{proxy.Port}\r\n\r\n");

        Assert.Equal("a.test", backend.Requests.Single()["Host"]);
    }

    [Theory]
    [InlineData(true, true, 0, "mine")]
    [InlineData(false, true, 0, null)]
    [InlineData(false, true, 1, "mine")]
    public async Task RequestIds_OfClientsAreReplaced(bool preserves, bool generates, int hops, string? expected)
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = new TestRoutes { TrustedHops = hops, Http = new HttpSettings { PreserveExternalRequestId = preserves, GenerateRequestId = generates } }.Forward("*", "/", backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nX-Request-Id: mine\r\n\r\n");

        var id = backend.Requests.Single()["X-Request-Id"];
        if (expected is not null)
            Assert.Equal(expected, id);
        else
            Assert.True(Guid.TryParse(id, out _), id);
    }

    [Fact]
    public async Task RequestIds_MayBeLeftOut()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(new HttpSettings { GenerateRequestId = false, PreserveExternalRequestId = false }, backend);

        await proxy.ExchangeAsync(Get);
        await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nX-Request-Id: one\r\nx-request-id: two\r\n\r\n");

        Assert.All(backend.Requests, request => Assert.Null(request["X-Request-Id"]));
    }

    [Theory]
    [InlineData(ServerHeaderTransformation.Overwrite, "edge", "edge", "edge")]
    [InlineData(ServerHeaderTransformation.AppendIfAbsent, "backend/1", "edge", "edge")]
    [InlineData(ServerHeaderTransformation.PassThrough, "backend/1", null, null)]
    public async Task Server_IsWhatTheSettingsSay(ServerHeaderTransformation transformation, string? given, string? absent, string? own)
    {
        await using var backend = ScriptedBackend.Answering(request =>
            request.Target == "/named" ? "HTTP/1.1 200 OK\r\nServer: backend/1\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        var routes = new TestRoutes { Http = new HttpSettings { ServerHeader = transformation, ServerName = "edge" } }.Forward("a.test", "/", backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await using var client = await proxy.ConnectAsync();
        await using var second = await Http2Client.ConnectAsync(proxy.EndPoint);

        Assert.Equal(given, (await client.ExchangeAsync("GET /named HTTP/1.1\r\nHost: a.test\r\n\r\n"))["Server"]);
        Assert.Equal(absent, (await client.ExchangeAsync(Get))["Server"]);
        Assert.Equal(own, (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: b.test\r\n\r\n"))["Server"]);
        Assert.Equal(given, (await second.GetAsync(1, "/named"))["server"]);
        Assert.Equal(absent, (await second.GetAsync(3))["server"]);
        Assert.Equal(own, (await proxy.ExchangeAsync("BAD /\r\n\r\n"))["Server"]);
    }

    [Fact]
    public async Task Fields_AreCounted()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(new HttpSettings { MaxHeadersCount = 5 }, backend);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        Assert.Equal(200, (await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\n{Lines(4)}\r\n")).Status);
        Assert.Equal(431, (await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\n{Lines(5)}\r\n")).Status);
        Assert.Equal(200, (await client.GetAsync(1, "/", Fields(4))).Status);
        Assert.Equal(431, (await client.GetAsync(3, "/", Fields(5))).Status);
        Assert.Equal(200, (await client.GetAsync(5)).Status);
        Assert.Equal(3, backend.Requests.Count);
    }

    [Fact]
    public async Task Heads_AreMeasured()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(new HttpSettings { MaxRequestHeadersBytes = 1024 }, backend);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);
        var value = new string('x', 1024);

        Assert.Equal(200, (await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nX-A: {value[..900]}\r\n\r\n")).Status);
        Assert.Equal(431, (await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nX-A: {value}\r\n\r\n")).Status);
        Assert.Equal(200, (await client.GetAsync(1)).Status);
        Assert.Equal(431, (await client.GetAsync(3, "/", ("x-a", value))).Status);
        Assert.Equal(2, backend.Requests.Count);
    }

    [Fact]
    public async Task Http10_IsRefused_UnlessItIsAccepted()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var strict = await StartAsync(new HttpSettings { AcceptHttp10 = false }, backend);
        await using var lenient = await StartAsync(new HttpSettings { DefaultHostForHttp10 = "default.test" }, backend);

        var refused = await strict.ExchangeAsync("GET / HTTP/1.0\r\nHost: a.test\r\n\r\n");
        Assert.Equal((426, "HTTP/1.1"), (refused.Status, refused["Upgrade"]));
        Assert.Equal(200, (await strict.ExchangeAsync(Get)).Status);
        Assert.Equal(200, (await lenient.ExchangeAsync("GET /none HTTP/1.0\r\n\r\n")).Status);
        Assert.Equal(200, (await lenient.ExchangeAsync("GET /own HTTP/1.0\r\nHost: a.test\r\n\r\n")).Status);

        var requests = backend.TakeRequests();
        Assert.Equal(["a.test", "default.test", "a.test"], requests.Select(request => request["Host"]));
    }

    [Fact]
    public async Task WebSockets_MayBeRefused()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(new HttpSettings { AllowWebSockets = false }, backend);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        var response = await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

        Assert.Equal(403, response.Status);
        Assert.Equal(0u, client.ServerSettings[Sluice.Proxy.Http2.Frames.SettingId.EnableConnectProtocol]);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task HealthCheck_IsAnsweredForEveryHost()
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = new TestRoutes { Http = new HttpSettings { HealthCheckPath = "/healthz" } }.Forward("a.test", "/", backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        Assert.Equal(200, (await proxy.ExchangeAsync("GET /healthz HTTP/1.1\r\nHost: 10.0.0.1:80\r\n\r\n")).Status);
        Assert.Equal(200, (await proxy.ExchangeAsync("HEAD /healthz?x HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Equal(200, (await client.GetAsync(1, "/healthz")).Status);
        Assert.Empty(backend.Requests);
        Assert.Equal(200, (await proxy.ExchangeAsync("GET /healthz/deeper HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Single(backend.Requests);
    }

    [Fact]
    public async Task HealthCheck_WithABodyThatNeverComes_HoldsNothing()
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = new TestRoutes { Http = new HttpSettings { HealthCheckPath = "/healthz" } }.Forward("*", "/", backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { HeadTimeout = TimeSpan.FromMilliseconds(200), BodyGrace = TimeSpan.FromMilliseconds(200) }, routes);
        await using var half = await proxy.ConnectAsync();
        await half.SendAsync("GET /healthz HTTP/1.1\r\nHost: a.te");
        Assert.Equal(408, (await half.ReadResponseAsync()).Status);

        await using var client = await proxy.ConnectAsync();
        await client.SendAsync("POST /healthz HTTP/1.1\r\nHost: a.test\r\nContent-Length: 100000000\r\n\r\nx");
        var response = await client.ReadResponseAsync("POST");
        Assert.Equal((200, "close"), (response.Status, response["Connection"]));
        await client.ExpectCloseAsync();
    }

    [Fact]
    public async Task HealthCheck_IsUnhealthyWhileDraining()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.Reader.ReadToEndAsync();
        });
        var routes = new TestRoutes { Http = new HttpSettings { HealthCheckPath = "/healthz" } }.Forward("*", "/", backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await using var busy = await Http2Client.ConnectAsync(proxy.EndPoint);
        await busy.SendAsync([Make.Get(1, "/slow")]);
        await backend.NextRequestAsync();

        var drain = proxy.Server.DrainAsync(TimeSpan.FromMinutes(5));
        await busy.ReadUntilAsync(frame => frame.Type == Sluice.Proxy.Http2.Frames.FrameType.GoAway, "the first GOAWAY");
        Assert.Equal(503, (await busy.GetAsync(3, "/healthz")).Status);

        busy.Reset();
        await drain.Within("the drain");
    }

    [Fact]
    public async Task Changed_IsInForceOnConnectionsThatAreOpen()
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = TestRoutes.All(backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await using var client = await proxy.ConnectAsync();
        await using var second = await Http2Client.ConnectAsync(proxy.EndPoint);
        Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);
        Assert.Equal(200, (await second.GetAsync(1)).Status);

        routes.Http = new HttpSettings { ServerHeader = ServerHeaderTransformation.Overwrite, ServerName = "one", HealthCheckPath = "/up" };
        await proxy.ApplyAsync(routes);
        Assert.Equal("one", (await client.ExchangeAsync(Get))["Server"]);
        Assert.Equal("one", (await second.GetAsync(3))["server"]);
        Assert.Equal(200, (await second.GetAsync(5, "/up")).Status);

        routes.Http = null;
        await proxy.ApplyAsync(routes);
        Assert.Null((await client.ExchangeAsync(Get))["Server"]);
        Assert.Null((await second.GetAsync(7))["server"]);
        Assert.Null(second.GoneAway);
    }

    [Fact]
    public async Task WhatCannotBeInForce_IsSaid()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        var routes = TestRoutes.All(backend.Endpoint);
        routes.Http = new HttpSettings { HealthCheckPath = "no path", ServerName = "a\r\nb", TrustedCidrs = ["10.0.0.1/8"], DefaultHostForHttp10 = "a b" };

        var result = await proxy.Server.ApplyAsync(routes.Build(proxy.Port));

        Assert.True(result.Applied);
        Assert.Equal(4, result.Warnings.Count(warning => warning.StartsWith("listener http: ", StringComparison.Ordinal)));
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
    }

    private static string Lines(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"X-{i}: {i}\r\n"));

    private static (string, string)[] Fields(int count) => [.. Enumerable.Range(0, count).Select(i => ($"x-{i}", $"{i}"))];

    private static Task<TestProxy> StartAsync(HttpSettings settings, ScriptedBackend backend) =>
        TestProxy.StartAsync(new ProxyLimits(), new TestRoutes { Http = settings }.Forward("*", "/", backend.Endpoint));
}
