using Sluice.Configuration;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Tests.Routing;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Exchanges;

/// <summary>Timeouts of a rule (HTTPRouteTimeouts, GEP-1742).</summary>
public sealed class RuleTimeoutTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private static readonly RouteTimeouts Whole = new() { Request = TimeSpan.FromMilliseconds(200) };
    private static readonly RouteTimeouts Attempt = new() { BackendRequest = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task BackendThatDoesNotAnswer_Is504AndIsLetGo()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.ReadToEndAsync();
        });
        foreach (var (timeouts, reason) in new[] { (Whole, "request timeout"), (Attempt, "attempt timeout") })
        {
            await using var proxy = await StartAsync(timeouts, backend);
            await using var client = await proxy.ConnectAsync();

            Assert.Equal(504, (await client.ExchangeAsync(Get)).Status);
            Assert.Equal(504, (await client.ExchangeAsync(Get)).Status);
            Assert.Equal(2, proxy.Server.Failures(reason));
            Assert.Equal((0, 0), await proxy.Server.UpstreamCountsAsync());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ResponseThatDoesNotEnd_IsCut(bool whole)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await StartAsync(whole ? Whole : Attempt, backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        Assert.Equal(200, (await client.Reader.ReadHeadAsync())!.Status);
        Assert.Equal("abc", await client.Reader.ReadToEndAsync());
        Assert.Equal(1, proxy.Server.Failures(whole ? "request timeout" : "attempt timeout"));
    }

    [Fact]
    public async Task RequestThatDoesNotEnd_Is504()
    {
        await using var backend = ScriptedBackend.Start(async connection => await connection.ReadToEndAsync());
        await using var proxy = await StartAsync(Whole, backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 100000\r\n\r\nbegin");

        Assert.Equal(504, (await client.ReadResponseAsync()).Status);
    }

    [Fact]
    public async Task Tunnel_OutlivesTheTimeouts()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var head = await connection.ExpectHeadAsync();
            if (head["Upgrade"] is null)
            {
                await connection.ReadToEndAsync();
                return;
            }

            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            await connection.SendAsync(await connection.Reader.ReadSomeAsync());
            await connection.ReadToEndAsync();
        });
        await using var proxy = await StartAsync(Whole with { BackendRequest = TimeSpan.FromMilliseconds(150) }, backend);
        await using var tunnel = await proxy.ConnectAsync();

        await tunnel.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        Assert.Equal(101, (await tunnel.Reader.ReadHeadAsync())!.Status);

        // A request that began later has met its timeout by now.
        Assert.Equal(504, (await proxy.ExchangeAsync(Get)).Status);
        await tunnel.SendAsync("hello");
        Assert.Equal("hello", await tunnel.Reader.ReadSomeAsync());
    }

    [Fact]
    public async Task QuickAnswers_LeaveNothingBehind()
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = new TestRoutes().Forward("*", "/timed", backend.Endpoint).With(rule => rule with { Timeouts = Whole }).Forward("*", "/", backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(200, (await client.ExchangeAsync("GET /timed HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
            Assert.Equal(200, (await client.ExchangeAsync(Get)).Status);
        }

        Assert.Equal(0, proxy.Server.Failures("request timeout"));
        Assert.Equal(2, backend.Connections);
    }

    [Fact]
    public void Zero_IsNoLimit()
    {
        var rule = Samples.Rule("any") with { Timeouts = new RouteTimeouts { Request = TimeSpan.Zero, BackendRequest = TimeSpan.Zero } };

        Assert.Null(RuntimePolicy.Of(rule));
        Assert.NotNull(RuntimePolicy.Of(rule with { Retry = new RetryPolicy() }));
        Assert.Null(RuntimePolicy.Of(rule with { Retry = new RetryPolicy { Attempts = 0 } }));
    }

    private static Task<TestProxy> StartAsync(RouteTimeouts timeouts, ScriptedBackend backend) =>
        TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint).With(rule => rule with { Timeouts = timeouts }));
}
