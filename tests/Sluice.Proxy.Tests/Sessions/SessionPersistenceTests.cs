using Sluice.Configuration;
using Sluice.Proxy.Sessions;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Sessions;

/// <summary>Sessions through the whole proxy, each backend answering with its own name.</summary>
public sealed class SessionPersistenceTests
{
    private static readonly SessionPersistence Cookie = new() { Type = SessionPersistenceType.Cookie, SessionName = "stick" };
    private static readonly SessionPersistence Header = new() { Type = SessionPersistenceType.Header, SessionName = "X-Session" };

    [Fact]
    public async Task Cookie_OfTheFirstResponse_KeepsTheEndpoint()
    {
        await using var backends = new NamedBackends(3);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Cookie, backends.All));

        var first = await GetAsync(proxy);
        var cookie = CookieOf(first);
        Assert.EndsWith("; Path=/; HttpOnly; SameSite=Strict", first["Set-Cookie"]);
        for (var i = 0; i < 12; i++)
        {
            var next = await GetAsync(proxy, $"Cookie: a=b; {cookie}");
            Assert.Equal(first.Body, next.Body);
            Assert.Null(next["Set-Cookie"]);
        }
    }

    [Fact]
    public async Task Requests_WithoutToken_AreBalanced()
    {
        await using var backends = new NamedBackends(3);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Cookie, backends.All));

        var seen = new HashSet<string>();
        for (var i = 0; i < 3; i++)
            seen.Add((await GetAsync(proxy)).Body);

        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task Header_OfTheFirstResponse_KeepsTheEndpointAndIsOnEveryResponse()
    {
        await using var backends = new NamedBackends(3, "X-Session: of-the-backend\r\n");
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Header, backends.All));

        var first = await GetAsync(proxy);
        var token = first["X-Session"];
        for (var i = 0; i < 6; i++)
        {
            var next = await GetAsync(proxy, $"x-session: {token}");
            Assert.Equal(first.Body, next.Body);
            Assert.Equal(SessionToken.TextLength, next["X-Session"]!.Length);
            token = next["X-Session"];
        }
    }

    [Fact]
    public async Task Cookie_PathOfTheMatch_IsTheCookies()
    {
        await using var backends = new NamedBackends(1);
        var routes = new TestRoutes().Forward("*", "/shop/", backends.All).With(rule => rule with { SessionPersistence = Cookie });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        var answer = await proxy.ExchangeAsync("GET /shop/cart HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Contains("; Path=/shop;", answer["Set-Cookie"]);
    }

    [Fact]
    public async Task Token_DoesNotShowTheAddress()
    {
        await using var backends = new NamedBackends(1);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Header, backends.All));
        await using var other = await TestProxy.StartAsync(new ProxyLimits(), Routes(Header, backends.All));

        var token = (await GetAsync(proxy))["X-Session"]!;
        var bytes = System.Buffers.Text.Base64Url.DecodeFromChars(token);

        Assert.Equal(-1, bytes.AsSpan().IndexOf(new byte[] { 127, 0, 0, 1 }));
        Assert.NotEqual(token[..21], (await GetAsync(other))["X-Session"]![..21]);
    }

    [Theory]
    [InlineData("stick=")]
    [InlineData("stick=garbage")]
    [InlineData("stick=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("stick=\"; stick; =; ;;")]
    public async Task Cookie_OfSomebodyElse_BeginsANewSession(string cookie)
    {
        await using var backends = new NamedBackends(2);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Cookie, backends.All));

        var answer = await GetAsync(proxy, $"Cookie: {cookie}");

        Assert.Equal(200, answer.Status);
        Assert.StartsWith("stick=", answer["Set-Cookie"]);
    }

    [Fact]
    public async Task Endpoint_Gone_SessionBeginsAnewElsewhere()
    {
        await using var backends = new NamedBackends(2);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Cookie, backends.All));
        var first = await GetAsync(proxy);
        var left = backends.All.Where((_, index) => NamedBackends.NameOf(index) != first.Body).ToArray();

        await proxy.ApplyAsync(Routes(Cookie, left));
        var next = await GetAsync(proxy, $"Cookie: {CookieOf(first)}");

        Assert.Equal(200, next.Status);
        Assert.NotEqual(first.Body, next.Body);
        Assert.NotEqual(CookieOf(first), CookieOf(next));
    }

    [Fact]
    public async Task Endpoint_AmongOthersAfterAChange_KeepsTheSession()
    {
        await using var backends = new NamedBackends(4);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Cookie, backends.All[..2]));
        var first = await GetAsync(proxy);

        await proxy.ApplyAsync(Routes(Cookie, [.. backends.All.Reverse()]));

        Assert.Equal(first.Body, (await GetAsync(proxy, $"Cookie: {CookieOf(first)}")).Body);
    }

    [Fact]
    public async Task Endpoint_RefusingConnections_SessionMovesToTheNext()
    {
        await using var backends = new NamedBackends(2);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Cookie, backends.All));
        var first = await GetAsync(proxy);
        backends.Stop(first.Body);

        // The kept connection is found closed, or connecting fails: either way the request is served.
        var next = await GetAsync(proxy, $"Cookie: {CookieOf(first)}");

        Assert.Equal(200, next.Status);
        Assert.NotEqual(first.Body, next.Body);
        Assert.NotNull(next["Set-Cookie"]);
    }

    [Fact]
    public async Task Weights_Changed_SessionStaysWithItsBackend()
    {
        await using var backends = new NamedBackends(2);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Split(backends, 1, 0));
        var first = await GetAsync(proxy);
        Assert.Equal("backend0", first.Body);

        await proxy.ApplyAsync(Split(backends, 0, 1));

        Assert.Equal("backend1", (await GetAsync(proxy)).Body);
        for (var i = 0; i < 4; i++)
            Assert.Equal("backend0", (await GetAsync(proxy, $"Cookie: {CookieOf(first)}")).Body);
    }

    [Fact]
    public async Task Restart_WithTheSameKey_KeepsSessions()
    {
        await using var backends = new NamedBackends(4);
        var secret = SessionKey.NewSecret();
        WireMessage first;
        await using (var before = await TestProxy.StartAsync(new ProxyLimits(), Routes(Cookie, backends.All), sessionKey: SessionKey.Of(secret)))
            first = await GetAsync(before);

        await using var after = await TestProxy.StartAsync(new ProxyLimits(), Routes(Cookie, [.. backends.All.Reverse()]), sessionKey: SessionKey.Of(secret));
        await using var stranger = await TestProxy.StartAsync(new ProxyLimits(), Routes(Cookie, backends.All));

        var same = await GetAsync(after, $"Cookie: {CookieOf(first)}");
        Assert.Equal((first.Body, null), (same.Body, same["Set-Cookie"]));
        Assert.NotNull((await GetAsync(stranger, $"Cookie: {CookieOf(first)}"))["Set-Cookie"]);
    }

    [Fact]
    public async Task SeveralWorkers_UnderstandEachOthersTokens()
    {
        await using var backends = new NamedBackends(3);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes(Cookie, backends.All), workers: 3);
        var first = await GetAsync(proxy);

        for (var i = 0; i < 24; i++)
            Assert.Equal(first.Body, (await GetAsync(proxy, $"Cookie: {CookieOf(first)}")).Body);
    }

    [Fact]
    public async Task Cors_AndSession_ShareOneResponse()
    {
        await using var backends = new NamedBackends(1);
        var routes = TestRoutes.All(backends.All).With(rule => rule with { SessionPersistence = Cookie, Cors = new CorsPolicy { AllowOrigins = ["https://a.example"] } });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        var answer = await GetAsync(proxy, "Origin: https://a.example");

        Assert.Equal("https://a.example", answer["Access-Control-Allow-Origin"]);
        Assert.StartsWith("stick=", answer["Set-Cookie"]);
        Assert.Equal((1, 1), (answer.Count("Set-Cookie"), answer.Count("Access-Control-Allow-Origin")));
    }

    private static TestRoutes Routes(SessionPersistence session, params Endpoint[] endpoints) =>
        TestRoutes.All(endpoints).With(rule => rule with { SessionPersistence = session });

    private static TestRoutes Split(NamedBackends backends, int weight, int otherWeight)
    {
        var routes = new TestRoutes();
        var (one, other) = (routes.AddCluster(backends.All[0]), routes.AddCluster(backends.All[1]));
        return routes
            .Add("*", "/", new ForwardAction([new WeightedBackend { Cluster = one, Weight = weight }, new WeightedBackend { Cluster = other, Weight = otherWeight }]))
            .With(rule => rule with { SessionPersistence = Cookie });
    }

    private static Task<WireMessage> GetAsync(TestProxy proxy, string field = "X-None: 1") => proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a\r\n{field}\r\n\r\n");

    private static string CookieOf(WireMessage message) => message["Set-Cookie"]!.Split(';')[0];

    private sealed class NamedBackends : IAsyncDisposable
    {
        private readonly ScriptedBackend[] _backends;

        public NamedBackends(int count, string fields = "") => _backends =
        [
            .. Enumerable.Range(0, count).Select(index => ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\n{fields}Content-Length: 8\r\n\r\n{NameOf(index)}")),
        ];

        public Endpoint[] All => [.. _backends.Select(backend => backend.Endpoint)];

        public static string NameOf(int index) => $"backend{index}";

        public void Stop(string name) => _backends[name[^1] - '0'].Stop();

        public async ValueTask DisposeAsync()
        {
            foreach (var backend in _backends)
                await backend.DisposeAsync();
        }
    }
}
