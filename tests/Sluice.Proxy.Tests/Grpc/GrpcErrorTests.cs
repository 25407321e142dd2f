using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Grpc;

/// <summary>
/// Errors that the proxy answers to gRPC requests: HTTP 200 with the status of gRPC in the head (gRPC over HTTP/2, "Responses",
/// Trailers-Only), or in the body for gRPC-Web. Other requests keep their HTTP status.
/// </summary>
public sealed class GrpcErrorTests
{
    private const string Grpc = "application/grpc";

    [Theory]
    [InlineData(Grpc)]
    [InlineData("application/grpc+proto")]
    [InlineData("Application/gRPC;x=y")]
    public async Task NoRoute_IsUnimplemented(string contentType)
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes().Add("other.test", "/", new ForwardAction([])));

        AssertStatus(await proxy.ExchangeAsync(Call(contentType)), 12, "no route matches the request");
    }

    [Theory]
    [InlineData("POST", "application/json")]
    [InlineData("POST", "application/grpcx")]
    [InlineData("GET", Grpc)]
    public async Task OtherRequests_KeepTheirHttpStatus(string method, string contentType)
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes().Add("other.test", "/", new ForwardAction([])));

        var response = await proxy.ExchangeAsync($"{method} /a.B/C HTTP/1.1\r\nHost: a.test\r\nContent-Type: {contentType}\r\n\r\n");

        Assert.Equal(404, response.Status);
        Assert.Null(response["grpc-status"]);
    }

    [Fact]
    public async Task NoUsableBackend_IsUnavailable()
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes().Add("*", "/", new ForwardAction([])));

        AssertStatus(await proxy.ExchangeAsync(Call(Grpc)), 14, "the route has no usable backend");
    }

    [Fact]
    public async Task BackendThatRefuses_IsUnavailable()
    {
        using var dead = ScriptedBackend.Dead();
        await using var proxy = await TestProxy.StartAsync(new Endpoint("127.0.0.1", dead.Port));

        AssertStatus(await proxy.ExchangeAsync(Call(Grpc)), 14, "no backend can be reached");
    }

    [Fact]
    public async Task BackendThatBreaksOff_IsUnavailable()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            connection.Close();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        AssertStatus(await proxy.ExchangeAsync(Call(Grpc)), 14, "the backend did not answer as it should");
    }

    [Theory]
    [InlineData(400, 13)]
    [InlineData(401, 16)]
    [InlineData(403, 7)]
    [InlineData(404, 12)]
    [InlineData(429, 14)]
    [InlineData(502, 14)]
    [InlineData(503, 14)]
    [InlineData(504, 14)]
    [InlineData(418, 2)]
    [InlineData(500, 2)]
    public async Task DirectResponse_IsMappedAsClientsReadAnHttpStatus(int statusCode, int status)
    {
        var answer = new DirectResponseAction { StatusCode = statusCode, Body = "closed: 100% until “noon”\n" };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes().Add("*", "/", answer));

        AssertStatus(await proxy.ExchangeAsync(Call(Grpc)), status, "closed: 100%25 until %E2%80%9Cnoon%E2%80%9D");
    }

    [Fact]
    public async Task DirectResponse_ThatIsNoError_Passes()
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes().Add("*", "/", new DirectResponseAction { StatusCode = 200, Body = "x" }));

        var response = await proxy.ExchangeAsync(Call(Grpc));

        Assert.Equal((200, "x", null), (response.Status, response.Body, response["grpc-status"]));
    }

    [Fact]
    public async Task RuleTimeout_IsDeadlineExceeded()
    {
        await using var backend = SilentBackend();
        var routes = TestRoutes.All(backend.Endpoint).With(rule => rule with { Timeouts = new RouteTimeouts { Request = TimeSpan.FromMilliseconds(100) } });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        AssertStatus(await proxy.ExchangeAsync(Call(Grpc)), 4, "the time limit of the request has passed");
    }

    [Theory]
    [InlineData("100m", 0)]
    [InlineData("100000u", 60_000)]
    [InlineData("1H", 100)]
    public async Task GrpcTimeout_AndTheRulesLimit_ShorterOneHolds(string timeout, int ruleMilliseconds)
    {
        await using var backend = SilentBackend();
        var routes = TestRoutes.All(backend.Endpoint);
        if (ruleMilliseconds > 0)
            routes.With(rule => rule with { Timeouts = new RouteTimeouts { Request = TimeSpan.FromMilliseconds(ruleMilliseconds) } });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        AssertStatus(await proxy.ExchangeAsync(Call(Grpc, $"grpc-timeout: {timeout}\r\n")), 4, "the time limit of the request has passed");
        var seen = await backend.NextRequestAsync();
        Assert.Equal(timeout, seen["grpc-timeout"]);
    }

    [Fact]
    public async Task GrpcTimeout_OfOtherRequests_IsNoDeadline()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        var response = await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\ngrpc-timeout: 1n\r\nContent-Length: 0\r\n\r\n");

        Assert.Equal(200, response.Status);
    }

    [Fact]
    public async Task Statuses_AreCountedByListener()
    {
        await using var backend = ScriptedBackend.Answering(request => request.Target switch
        {
            "/a.B/Trailers" => "HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nTransfer-Encoding: chunked\r\n\r\n0\r\ngrpc-status: 9\r\n\r\n",
            "/a.B/Head" => "HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\ngrpc-status: 3\r\nContent-Length: 0\r\n\r\n",
            "/a.B/Odd" => "HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\ngrpc-status: 99\r\nContent-Length: 0\r\n\r\n",
            _ => ScriptedBackend.Ok,
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint).Add("none.test", "/", new ForwardAction([])));

        foreach (var method in new[] { "Trailers", "Head", "Odd", "None" })
            await proxy.ExchangeAsync(Call(Grpc, path: $"/a.B/{method}"));
        await proxy.ExchangeAsync(Call(Grpc, host: "none.test"));

        foreach (var status in new[] { "9", "3", "other", "none", "14" })
            Assert.Equal(1, proxy.Server.Metric($"sluice_grpc_responses_total{{gateway=\"test/gateway\",listener=\"http\",grpc_status=\"{status}\"}}"));
    }

    private static string Call(string contentType, string fields = "", string path = "/a.B/C", string host = "a.test") =>
        $"POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: {contentType}\r\nTE: trailers\r\nConnection: TE\r\n{fields}Content-Length: 5\r\n\r\n\0\0\0\0\0";

    private static ScriptedBackend SilentBackend() => ScriptedBackend.Start(async connection =>
    {
        await connection.ExpectRequestAsync();
        await connection.ReadToEndAsync();
    });

    private static void AssertStatus(WireMessage response, int status, string message)
    {
        Assert.Equal(200, response.Status);
        Assert.Equal(Grpc, response["Content-Type"]);
        Assert.Equal(status.ToString(System.Globalization.CultureInfo.InvariantCulture), response["grpc-status"]);
        Assert.Equal(message, response["grpc-message"]);
        Assert.Equal("", response.Body);
    }
}
