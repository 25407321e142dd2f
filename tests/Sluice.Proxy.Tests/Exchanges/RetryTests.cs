using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Exchanges;

/// <summary>Retries of a rule (HTTPRouteRetry, GEP-1731): what is sent again, how often, and what the client gets in the end.</summary>
public sealed class RetryTests
{
    private const string Get = "GET /a?b=c HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private const string Unavailable = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 3\r\n\r\nno\n";

    private static readonly RetryPolicy Policy = new() { StatusCodes = [500, 503], Attempts = 2, Backoff = TimeSpan.FromMilliseconds(1) };

    [Theory]
    [InlineData(1, 200, 2)]
    [InlineData(2, 200, 3)]
    [InlineData(3, 503, 3)]
    public async Task ListedStatus_IsRetriedUpToTheAttempts(int failures, int expected, int requests)
    {
        await using var backend = Failing(failures, Unavailable);
        await using var proxy = await StartAsync(Policy, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        var response = await client.ExchangeAsync(Get);

        Assert.Equal(expected, response.Status);
        Assert.Equal(expected == 200 ? "ok" : "no\n", response.Body);
        Assert.Equal(requests, backend.Requests.Count);
        Assert.All(backend.Requests, request => Assert.Equal("/a?b=c", request.Target));
        Assert.Equal(requests - 1, proxy.Server.Metric("sluice_upstream_retries_total{reason=\"status\"}"));

        // Thrown away answers were short, so their connection was kept; and the client's connection goes on.
        Assert.Equal(1, backend.Connections);
        Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);
        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
    }

    [Fact]
    public async Task OtherStatus_IsPassedOn()
    {
        await using var backend = Failing(1, Unavailable.Replace("503", "502", StringComparison.Ordinal));
        await using var proxy = await StartAsync(Policy, backend.Endpoint);

        Assert.Equal(502, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Single(backend.Requests);
    }

    [Fact]
    public async Task LongAnswer_IsNotReadToItsEnd()
    {
        await using var backend = Failing(1, "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 10000000\r\n\r\nbegin");
        await using var proxy = await StartAsync(Policy, backend.Endpoint);

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(2, backend.Connections);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\n\r\nhello")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")]
    public async Task Body_IsSentAgain(string rest)
    {
        await using var backend = Failing(2, Unavailable);
        await using var proxy = await StartAsync(Policy, backend.Endpoint);

        Assert.Equal(200, (await proxy.ExchangeAsync($"POST / HTTP/1.1\r\nHost: a.test\r\n{rest}")).Status);
        Assert.Equal(3, backend.Requests.Count);
        Assert.All(backend.Requests, request => Assert.Equal("hello", request.Body));
    }

    [Fact]
    public async Task BodyStillComing_GoesOnWithTheNextAttempt()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            if (connection.Index == 0)
            {
                await connection.ExpectHeadAsync();
                await connection.SendAsync(Unavailable);
                await connection.ReadToEndAsync();
                return;
            }

            await connection.ExpectRequestAsync();
            await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await StartAsync(Policy, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10\r\n\r\nhello");
        await Eventually.Is(2, () => backend.Connections, "connections");
        await client.SendAsync("world");

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        Assert.Equal("helloworld", backend.Requests.Single().Body);
    }

    [Fact]
    public async Task BodyThatIsNotKept_IsNotSentAgain()
    {
        await using var backend = Failing(1, Unavailable);
        await using var proxy = await StartAsync(new ProxyLimits { ReplayBytes = 1000 }, Policy, backend.Endpoint);
        var body = new string('x', 1000);

        var response = await proxy.ExchangeAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.Equal(503, response.Status);
        Assert.Equal("no\n", response.Body);
        Assert.Equal(1, proxy.Server.Metric("sluice_upstream_retries_refused_total{reason=\"request not kept\"}"));
    }

    [Theory]
    [InlineData(2, 200)]
    [InlineData(4, 503)]
    public async Task Resets_AreRetriedWhateverTheCodes(int resets, int expected)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            if (connection.Index < resets)
                connection.Reset();
            else
                await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await StartAsync(new RetryPolicy { Attempts = 3, Backoff = TimeSpan.FromMilliseconds(1) }, backend.Endpoint);

        Assert.Equal(expected, (await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2\r\n\r\nok")).Status);
        Assert.Equal(Math.Min(resets + 1, 4), backend.Requests.Count);
        Assert.All(backend.Requests, request => Assert.Equal("ok", request.Body));
    }

    [Fact]
    public async Task ResetOfAKeptConnection_CountsAmongTheAttempts()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (request.Target == "/bad")
                {
                    connection.Reset();
                    return;
                }
                await connection.SendAsync(ScriptedBackend.Ok);
            }
        });
        await using var proxy = await StartAsync(new RetryPolicy { Attempts = 1, Backoff = TimeSpan.FromMilliseconds(1) }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();
        Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);

        Assert.Equal(503, (await client.ExchangeAsync("GET /bad HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);

        Assert.Equal(2, backend.Requests.Count(request => request.Target == "/bad"));
    }

    [Fact]
    public async Task AnswerThatBreaksOff_IsNotRetried()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 ");
            connection.ShutdownSend();
        });
        await using var proxy = await StartAsync(Policy, backend.Endpoint);

        Assert.Equal(502, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Single(backend.Requests);
    }

    [Fact]
    public async Task RefusedConnects_AreRetriedAfterThePause()
    {
        using var port = new PortReservation();
        await using var proxy = await StartAsync(
            new RetryPolicy { Attempts = 1, Backoff = TimeSpan.FromMilliseconds(500) }, new Endpoint("127.0.0.1", port.Port));
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        await Eventually.Is(1, () => proxy.Server.Metric("sluice_upstream_retries_total{reason=\"connect\"}"), "retries");
        await using var backend = ScriptedBackend.Start(port, async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(ScriptedBackend.Ok);
        });

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
    }

    [Fact]
    public async Task ConnectsThatAreRefusedForGood_Are503()
    {
        using var dead = ScriptedBackend.Dead();
        await using var proxy = await StartAsync(Policy, new Endpoint("127.0.0.1", dead.Port));

        Assert.Equal(503, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(2, proxy.Server.Metric("sluice_upstream_retries_total{reason=\"connect\"}"));
    }

    [Theory]
    [InlineData(2, 200)]
    [InlineData(3, 504)]
    public async Task AttemptsThatTakeTooLong_AreRetriedWhateverTheCodes(int stalls, int expected)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            if (connection.Index < stalls)
                await connection.ReadToEndAsync();
            else
                await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await StartAsync(
            new ProxyLimits(),
            TestRoutes.All(backend.Endpoint).With(rule => rule with
            {
                Retry = new RetryPolicy { Attempts = 2, Backoff = TimeSpan.FromMilliseconds(1) },
                Timeouts = new RouteTimeouts { BackendRequest = TimeSpan.FromMilliseconds(200) },
            }));

        Assert.Equal(expected, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(3, backend.Requests.Count);
        Assert.Equal(2, proxy.Server.Metric("sluice_upstream_retries_total{reason=\"timeout\"}"));
    }

    [Fact]
    public async Task WholeTimeout_EndsThePauseToo()
    {
        await using var backend = Failing(9, Unavailable);
        await using var proxy = await StartAsync(
            new ProxyLimits(),
            TestRoutes.All(backend.Endpoint).With(rule => rule with
            {
                Retry = Policy with { Attempts = 5, Backoff = TimeSpan.FromHours(1) },
                Timeouts = new RouteTimeouts { Request = TimeSpan.FromMilliseconds(200) },
            }));

        Assert.Equal(504, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Single(backend.Requests);
    }

    [Fact]
    public async Task AnotherEndpoint_IsPreferred()
    {
        await using var good = ScriptedBackend.Answering();
        await using var bad = ScriptedBackend.Answering(Unavailable);
        await using var proxy = await StartAsync(Policy with { Attempts = 1 }, good.Endpoint, bad.Endpoint);

        for (var i = 0; i < 10; i++)
            Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(5, bad.Requests.Count);
    }

    [Theory]
    [InlineData(14, 200, 2)]
    [InlineData(5, 200, 1)]
    public async Task GrpcStatusWithoutMessage_IsRetriedWhenListed(int status, int expected, int requests)
    {
        await using var backend = Failing(1, $"HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\ngrpc-status: {status}\r\nContent-Length: 0\r\n\r\n");
        await using var proxy = await StartAsync(Policy with { GrpcStatusCodes = [14] }, backend.Endpoint);

        var response = await proxy.ExchangeAsync(Get);

        Assert.Equal(expected, response.Status);
        Assert.Equal(requests == 1 ? $"{status}" : null, response["grpc-status"]);
        Assert.Equal(requests, backend.Requests.Count);
    }

    [Fact]
    public async Task Budget_BoundsRetriesAtTheSameTime()
    {
        await using var backend = Failing(2, Unavailable);
        await using var proxy = await StartAsync(
            new ProxyLimits { ConcurrentRetries = 1, RetryPercent = 0 }, Policy with { Backoff = TimeSpan.FromHours(1) }, backend.Endpoint);
        var waiting = await proxy.ConnectAsync();

        await waiting.SendAsync(Get);
        await Eventually.Is(1, () => proxy.Server.Metric("sluice_upstream_retries_total{reason=\"status\"}"), "retries");
        Assert.Equal(503, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(1, proxy.Server.Metric("sluice_upstream_retries_refused_total{reason=\"budget\"}"));

        // The client that waits goes: its share is free again, and nothing more is sent for it.
        await waiting.DisposeAsync();
        await Eventually.Is(1, () => proxy.Server.Metric("sluice_downstream_aborts_total"), "aborts");
        await proxy.ApplyAsync(TestRoutes.All(backend.Endpoint).With(rule => rule with { Retry = Policy }));
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(3, backend.Requests.Count);
    }

    [Fact]
    public async Task ConnectionsAreReadyForTheNextRequest_AfterRetries()
    {
        // Whatever a retried exchange leaves behind would show in requests without a policy that use its object again.
        await using var backend = ScriptedBackend.Answering(request => request.Target.StartsWith("/bad", StringComparison.Ordinal) ? Unavailable : ScriptedBackend.Ok);
        var routes = new TestRoutes().Forward("*", "/bad", backend.Endpoint).With(rule => rule with { Retry = Policy, Timeouts = new RouteTimeouts { Request = TimeSpan.FromSeconds(30) } })
            .Forward("*", "/", backend.Endpoint);
        await using var proxy = await StartAsync(new ProxyLimits(), routes);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(503, (await client.ExchangeAsync("GET /bad HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
            Assert.Equal(200, (await client.ExchangeAsync("GET /good HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        }

        Assert.Equal(20 * 3, backend.Requests.Count(request => request.Target == "/bad"));
        Assert.Equal(20, backend.Requests.Count(request => request.Target == "/good"));
        Assert.Equal(0, (await proxy.Server.UpstreamCountsAsync()).Active);
    }

    private static ScriptedBackend Failing(int failures, string failure)
    {
        var requests = 0;
        return ScriptedBackend.Answering(_ => Interlocked.Increment(ref requests) <= failures ? failure : ScriptedBackend.Ok);
    }

    private static Task<TestProxy> StartAsync(RetryPolicy policy, params Endpoint[] endpoints) => StartAsync(new ProxyLimits(), policy, endpoints);

    private static Task<TestProxy> StartAsync(ProxyLimits limits, RetryPolicy policy, params Endpoint[] endpoints) =>
        StartAsync(limits, TestRoutes.All(endpoints).With(rule => rule with { Retry = policy }));

    private static Task<TestProxy> StartAsync(ProxyLimits limits, TestRoutes routes) => TestProxy.StartAsync(limits, routes);
}
