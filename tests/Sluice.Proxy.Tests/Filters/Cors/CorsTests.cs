using Sluice.Configuration;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.Cors;

/// <summary>CORS as a browser meets it: preflights, and requests with and without an origin.</summary>
public sealed class CorsTests
{
    private const string BackendAnswer =
        "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\naccess-control-expose-headers: x\r\nVary: Accept\r\nContent-Length: 2\r\n\r\nok";

    private static readonly CorsPolicy Listed = new()
    {
        AllowOrigins = ["https://www.foo.com", "https://*.bar.com"],
        AllowMethods = ["GET", "OPTIONS"],
        AllowHeaders = ["x-header-1", "x-header-2"],
        ExposeHeaders = ["x-header-3", "x-header-4"],
        AllowCredentials = true,
        MaxAge = TimeSpan.FromHours(1),
    };

    private static readonly CorsPolicy Open = new() { AllowOrigins = ["*"], AllowMethods = ["*"], AllowHeaders = ["*"], ExposeHeaders = ["*"] };

    private static readonly CorsPolicy OpenWithCredentials = Open with { AllowCredentials = true };

    [Theory]
    [InlineData("https://www.foo.com")]
    [InlineData("https://www.bar.com")]
    [InlineData("https://xpto.www.bar.com")]
    public async Task Preflight_AllowedOrigin_GetsThePolicy(string origin)
    {
        await using var cors = await CorsProxy.StartAsync(Listed);

        var answer = await cors.PreflightAsync(origin, "GET", "x-header-1, x-header-2");

        Assert.Equal(204, answer.Status);
        Assert.Equal(origin, answer["Access-Control-Allow-Origin"]);
        Assert.Equal("GET, OPTIONS", answer["Access-Control-Allow-Methods"]);
        Assert.Equal("x-header-1, x-header-2", answer["Access-Control-Allow-Headers"]);
        Assert.Equal("x-header-3, x-header-4", answer["Access-Control-Expose-Headers"]);
        Assert.Equal("3600", answer["Access-Control-Max-Age"]);
        Assert.Equal("true", answer["Access-Control-Allow-Credentials"]);
        Assert.Equal("Origin", answer["Vary"]);
        Assert.Null(answer["Content-Length"]);
        Assert.Empty(cors.Backend.Requests);
    }

    [Theory]
    [InlineData("https://foobar.com")]
    [InlineData("null")]
    [InlineData("https://www.foo.com\r\nOrigin: https://www.foo.com")]
    [InlineData("https://www.foo.com https://www.bar.com")]
    [InlineData("")]
    public async Task Preflight_OtherOrigin_IsAnsweredWithoutAllowingAnything(string origin)
    {
        await using var cors = await CorsProxy.StartAsync(Listed);

        var answer = await cors.PreflightAsync(origin, "GET");

        Assert.Equal(204, answer.Status);
        Assert.DoesNotContain(answer.Fields, field => field.Name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("Origin", answer["Vary"]);
        Assert.Empty(cors.Backend.Requests);
    }

    [Fact]
    public async Task Preflight_WildcardsWithCredentials_EchoesWhatIsAskedFor()
    {
        await using var cors = await CorsProxy.StartAsync(OpenWithCredentials);

        var answer = await cors.PreflightAsync("https://other.foo.com", "PUT", "x-header-1, Authorization");

        Assert.Equal("https://other.foo.com", answer["Access-Control-Allow-Origin"]);
        Assert.Equal("PUT", answer["Access-Control-Allow-Methods"]);
        Assert.Equal("x-header-1, Authorization", answer["Access-Control-Allow-Headers"]);
        Assert.Equal("true", answer["Access-Control-Allow-Credentials"]);
        Assert.Equal("5", answer["Access-Control-Max-Age"]);
        Assert.Null(answer["Access-Control-Expose-Headers"]);
        Assert.Equal("Origin", answer["Vary"]);
    }

    [Fact]
    public async Task Preflight_WildcardsWithoutCredentials_IsTheSameForAll()
    {
        await using var cors = await CorsProxy.StartAsync(Open);

        var answer = await cors.PreflightAsync("https://foobar.com:12345", "PUT");

        Assert.Equal("*", answer["Access-Control-Allow-Origin"]);
        Assert.Equal("*", answer["Access-Control-Allow-Methods"]);
        Assert.Equal("*", answer["Access-Control-Allow-Headers"]);
        Assert.Equal("*", answer["Access-Control-Expose-Headers"]);
        Assert.Null(answer["Access-Control-Allow-Credentials"]);
        Assert.Null(answer["Vary"]);
    }

    [Fact]
    public async Task Preflight_WithoutRequestedHeadersAndWithCredentials_OmitsAllowHeaders()
    {
        await using var cors = await CorsProxy.StartAsync(OpenWithCredentials);

        Assert.Null((await cors.PreflightAsync("https://a.example", "GET"))["Access-Control-Allow-Headers"]);
    }

    [Fact]
    public async Task Preflight_RequestedHeadersInSeveralLines_EchoesAll()
    {
        await using var cors = await CorsProxy.StartAsync(OpenWithCredentials);

        var answer = await cors.PreflightAsync("https://a.example", "GET", "x-1\r\nAccess-Control-Request-Headers: x-2,x-3");

        Assert.Equal("x-1, x-2,x-3", answer["Access-Control-Allow-Headers"]);
    }

    [Theory]
    [InlineData("x-1, bad name")]
    [InlineData("x-1, <script>")]
    [InlineData(null)]
    public async Task Preflight_RequestedHeadersThatCannotBeEchoed_AreNotAllowed(string? names)
    {
        await using var cors = await CorsProxy.StartAsync(OpenWithCredentials);

        var answer = await cors.PreflightAsync("https://a.example", "GET", names ?? string.Join(',', Enumerable.Repeat("x-long-name", 500)));

        Assert.Equal(204, answer.Status);
        Assert.Equal("https://a.example", answer["Access-Control-Allow-Origin"]);
        Assert.Null(answer["Access-Control-Allow-Headers"]);
    }

    [Fact]
    public async Task Preflight_LongestListThatIsEchoed_IsEchoedWhole()
    {
        await using var cors = await CorsProxy.StartAsync(OpenWithCredentials);
        var names = new string('x', CorsFilter.MaxEchoedHeaders - 2);

        Assert.Equal(names, (await cors.PreflightAsync("https://a.example", "GET", names))["Access-Control-Allow-Headers"]);
    }

    [Theory]
    [InlineData("G(ET")]
    [InlineData("")]
    public async Task Preflight_NoMethod_AllowsNothing(string method)
    {
        await using var cors = await CorsProxy.StartAsync(OpenWithCredentials);

        Assert.Null((await cors.PreflightAsync("https://a.example", method))["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Options_WithoutRequestedMethod_IsForwarded()
    {
        await using var cors = await CorsProxy.StartAsync(Listed);

        var answer = await cors.SendAsync("OPTIONS", "Origin: https://www.foo.com\r\n");

        Assert.Equal(200, answer.Status);
        Assert.Equal("https://www.foo.com", answer["Access-Control-Allow-Origin"]);
        Assert.Equal("OPTIONS", Assert.Single(cors.Backend.Requests).Method);
    }

    [Fact]
    public async Task Request_AllowedOrigin_ReplacesTheBackendsFields()
    {
        await using var cors = await CorsProxy.StartAsync(Listed);

        var answer = await cors.SendAsync("GET", "Origin: https://www.bar.com\r\n");

        Assert.Equal("https://www.bar.com", answer["Access-Control-Allow-Origin"]);
        Assert.Equal("true", answer["Access-Control-Allow-Credentials"]);
        Assert.Equal("x-header-3, x-header-4", answer["Access-Control-Expose-Headers"]);
        Assert.Equal("Accept, Origin", answer["Vary"]);
        Assert.Null(answer["Access-Control-Max-Age"]);
        Assert.Equal("https://www.bar.com", Assert.Single(cors.Backend.Requests)["Origin"]);
    }

    [Theory]
    [InlineData("Origin: https://foobar.com\r\n")]
    [InlineData("Origin: null\r\n")]
    [InlineData("")]
    public async Task Request_OtherOriginOrNone_IsServedWithoutAnyOfTheFields(string fields)
    {
        await using var cors = await CorsProxy.StartAsync(Listed);

        var answer = await cors.SendAsync("GET", fields);

        Assert.Equal("ok", answer.Body);
        Assert.DoesNotContain(answer.Fields, field => field.Name.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
        Assert.Equal("Accept, Origin", answer["Vary"]);
    }

    [Fact]
    public async Task Request_NullOriginOfOpenPolicy_IsAllowed()
    {
        await using var cors = await CorsProxy.StartAsync(OpenWithCredentials);

        Assert.Equal("null", (await cors.SendAsync("GET", "Origin: null\r\n"))["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Request_OriginTooLongToEcho_IsNotAllowed()
    {
        await using var cors = await CorsProxy.StartAsync(OpenWithCredentials);

        Assert.Null((await cors.SendAsync("GET", $"Origin: https://{new string('a', CorsFilter.MaxEchoedOrigin)}\r\n"))["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Request_OpenPolicy_SaysSoWithoutAnOriginToo()
    {
        await using var cors = await CorsProxy.StartAsync(Open);

        var answer = await cors.SendAsync("GET", "");

        Assert.Equal("*", answer["Access-Control-Allow-Origin"]);
        Assert.Equal("Accept", answer["Vary"]);
    }

    [Fact]
    public async Task Requests_OneAfterTheOther_KeepNothingOfEachOther()
    {
        await using var cors = await CorsProxy.StartAsync(Listed);
        await using var client = await cors.Proxy.ConnectAsync();

        foreach (var origin in new[] { "https://a.very.long.name.in.front.of.bar.com", "https://www.foo.com", "https://evil.com", "https://b.bar.com" })
        {
            var answer = await client.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a\r\nOrigin: {origin}\r\n\r\n");

            Assert.Equal(origin == "https://evil.com" ? null : origin, answer["Access-Control-Allow-Origin"]);
        }
    }

    [Fact]
    public async Task Request_RuleAndBackendModifiers_ComeBeforeThePolicy()
    {
        await using var backend = ScriptedBackend.Answering(BackendAnswer);
        var routes = TestRoutes.All(backend.Endpoint).With(rule => rule with
        {
            Cors = Listed,
            ResponseHeaders = [new HeaderModifier { Set = [new HeaderValue("Access-Control-Allow-Origin", "https://mine.example"), new HeaderValue("X-Rule", "1")] }],
            Action = new ForwardAction([((ForwardAction)rule.Action).Backends[0] with
            {
                ResponseHeaders = [new HeaderModifier { Add = [new HeaderValue("X-Backend", "2")] }],
            }]),
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        var answer = await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://www.foo.com\r\n\r\n");

        Assert.Equal("https://www.foo.com", answer["Access-Control-Allow-Origin"]);
        Assert.Equal(("1", "2"), (answer["X-Rule"], answer["X-Backend"]));
    }

    [Fact]
    public async Task Request_AnswerOfTheProxyItself_HasTheFieldsToo()
    {
        var routes = new TestRoutes()
            .Add("*", "/moved", new RedirectAction { StatusCode = 302, Hostname = "b.example" }).With(rule => rule with { Cors = Listed })
            .Add("*", "/", new ForwardAction([])).With(rule => rule with { Cors = Listed });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        var moved = await proxy.ExchangeAsync("GET /moved HTTP/1.1\r\nHost: a\r\nOrigin: https://www.foo.com\r\n\r\n");
        var failed = await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://www.foo.com\r\n\r\n");
        var preflight = await proxy.ExchangeAsync("OPTIONS /moved HTTP/1.1\r\nHost: a\r\nOrigin: https://www.foo.com\r\nAccess-Control-Request-Method: GET\r\n\r\n");

        Assert.Equal((302, "https://www.foo.com"), (moved.Status, moved["Access-Control-Allow-Origin"]));
        Assert.Equal((500, "https://www.foo.com"), (failed.Status, failed["Access-Control-Allow-Origin"]));
        Assert.Equal((204, "https://www.foo.com"), (preflight.Status, preflight["Access-Control-Allow-Origin"]));
    }

    private sealed class CorsProxy(TestProxy proxy, ScriptedBackend backend) : IAsyncDisposable
    {
        public TestProxy Proxy => proxy;

        public ScriptedBackend Backend => backend;

        public static async Task<CorsProxy> StartAsync(CorsPolicy policy)
        {
            var backend = ScriptedBackend.Answering(BackendAnswer);
            return new CorsProxy(await TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint).With(rule => rule with { Cors = policy })), backend);
        }

        public Task<WireMessage> PreflightAsync(string origin, string method, string? headers = null) => SendAsync("OPTIONS",
            $"Origin: {origin}\r\nAccess-Control-Request-Method: {method}\r\n" + (headers is null ? "" : $"Access-Control-Request-Headers: {headers}\r\n"));

        public Task<WireMessage> SendAsync(string method, string fields) => proxy.ExchangeAsync($"{method} / HTTP/1.1\r\nHost: a\r\n{fields}\r\n");

        public async ValueTask DisposeAsync()
        {
            await proxy.DisposeAsync();
            await backend.DisposeAsync();
        }
    }
}
