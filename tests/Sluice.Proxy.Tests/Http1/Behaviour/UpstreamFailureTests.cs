using System.Net;
using System.Net.Sockets;
using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Behaviour;

/// <summary>Backends that refuse, vanish, or stop in the middle (RFC 9110 9.2.2 and 15.6, RFC 9112 9.3.1).</summary>
public sealed class UpstreamFailureTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";
    private const string Post = "POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2\r\n\r\nok";

    [Theory]
    [InlineData(LoadBalancing.RoundRobin)]
    [InlineData(LoadBalancing.LeastRequest)]
    public async Task DeadEndpoints_AreSkipped(LoadBalancing balancing)
    {
        await using var backend = ScriptedBackend.Answering();
        using var dead1 = ScriptedBackend.Dead();
        using var dead2 = ScriptedBackend.Dead();
        var routes = new TestRoutes { LoadBalancing = balancing }
            .Forward("*", "/", new Endpoint("127.0.0.1", dead1.Port), backend.Endpoint, new Endpoint("127.0.0.1", dead2.Port));
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
            Assert.Equal(200, (await proxy.ExchangeAsync(Post)).Status);
        }
        Assert.All(backend.Requests.Where(request => request.Method == "POST"), request => Assert.Equal("ok", request.Body));
    }

    [Fact]
    public async Task DeadEndpoint_WithABodyOnItsWay_LosesNothing()
    {
        await using var backend = ScriptedBackend.Answering();
        using var dead = ScriptedBackend.Dead();
        await using var proxy = await TestProxy.StartAsync(new Endpoint("127.0.0.1", dead.Port), backend.Endpoint);
        var body = new string('x', 300_000);

        for (var i = 0; i < 4; i++)
        {
            await using var client = await proxy.ConnectAsync();
            await client.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        }
        Assert.All(backend.Requests, request => Assert.Equal(body, request.Body));
        Assert.Equal(4, backend.Requests.Count);
    }

    [Fact]
    public async Task OnlyDeadEndpoints_Are503AndTheConnectionLives()
    {
        using var dead1 = ScriptedBackend.Dead();
        using var dead2 = ScriptedBackend.Dead();
        await using var proxy = await TestProxy.StartAsync(new Endpoint("127.0.0.1", dead1.Port), new Endpoint("127.0.0.1", dead2.Port));
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 3; i++)
            Assert.Equal(503, (await client.ExchangeAsync(Get)).Status);
        Assert.Equal(503, (await client.ExchangeAsync(Post)).Status);
        Assert.Equal(503, (await client.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task NoEndpoints_Are503()
    {
        await using var proxy = await TestProxy.StartAsync();
        await using var client = await proxy.ConnectAsync();

        Assert.Equal(503, (await client.ExchangeAsync(Get)).Status);
        Assert.Equal(503, (await client.ExchangeAsync(Post)).Status);
        Assert.Equal(503, (await client.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task EndpointThatDoesNotAnswerTheConnect_IsSkipped()
    {
        // A listener whose queue is full drops further SYNs: connecting hangs.
        using var deaf = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        deaf.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        deaf.Listen(0);
        var address = (IPEndPoint)deaf.LocalEndPoint!;
        using var queued = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await queued.ConnectAsync(address, TestContext.Current.CancellationToken);

        await using var backend = ScriptedBackend.Answering();
        var routes = new TestRoutes { ConnectTimeout = TimeSpan.FromMilliseconds(500) }
            .Forward("*", "/", new Endpoint("127.0.0.1", address.Port), backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        for (var i = 0; i < 4; i++)
            Assert.Equal(200, (await proxy.ExchangeAsync(Post)).Status);
        Assert.All(backend.Requests, request => Assert.Equal("ok", request.Body));
    }

    [Fact]
    public async Task KeptConnection_ThatTheBackendClosedMeanwhile_IsReplaced()
    {
        var closed = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(ScriptedBackend.Ok);
            if (connection.Index == 0)
            {
                await closed.Task;
                connection.Reset();
            }
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        await proxy.ExchangeAsync(Get);
        closed.SetResult();

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
        Assert.Equal(2, backend.Connections);
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("HEAD", "")]
    [InlineData("OPTIONS", "")]
    [InlineData("DELETE", "")]
    public async Task KeptConnection_ThatEndsOnTheNextRequest_IsReplacedForIdempotentOnes(string method, string body)
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 204 No Content\r\n\r\n");
            if (connection.Index == 0)
            {
                await connection.ExpectHeadAsync();
                connection.Reset();
            }
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        await proxy.ExchangeAsync(Get);
        var response = await proxy.ExchangeAsync($"{method} /again HTTP/1.1\r\nHost: a.test\r\n\r\n{body}");

        Assert.Equal(204, response.Status);
        Assert.Equal("/again", backend.Requests.Last().Target);
        Assert.Equal(2, backend.Connections);
    }

    [Fact]
    public async Task KeptConnection_ThatEndsOnAPost_Is502AndNotSentTwice()
    {
        var posts = 0;
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (request.Method == "POST")
                {
                    Interlocked.Increment(ref posts);
                    connection.Reset();
                    return;
                }
                await connection.SendAsync(ScriptedBackend.Ok);
            }
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        await proxy.ExchangeAsync(Get);
        var response = await proxy.ExchangeAsync(Post);

        Assert.Equal(502, response.Status);
        Assert.Equal(1, posts);
    }

    [Fact]
    public async Task NewConnection_ThatEndsWithoutAnAnswer_Is502AndNotTriedAgain()
    {
        await using var backend = ScriptedBackend.Start(async connection => await connection.ExpectRequestAsync());
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        Assert.Equal(502, (await client.ExchangeAsync(Get)).Status);
        Assert.Equal(1, backend.Connections);
        Assert.Equal(502, (await client.ExchangeAsync(Get)).Status);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", false)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", true)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n", false)]
    [InlineData("HTTP/1.1 200 OK\r\n\r\nabc", true)]
    public async Task ResponseThatBreaksOff_IsSeenToBreakOff(string response, bool reset)
    {
        var arrived = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(response);
            await arrived.Task;
            if (reset)
                connection.Reset();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        var head = (await client.Reader.ReadHeadAsync())!;
        var body = "";
        while (!body.Contains("abc", StringComparison.Ordinal))
            body += await client.Reader.ReadSomeAsync();
        arrived.SetResult();
        body += await client.Reader.ReadToEndAsync();

        Assert.Equal(200, head.Status);
        Assert.Equal(head.IsChunked ? "3\r\nabc\r\n" : "abc", body);
    }

    [Fact]
    public async Task UnframedResponse_ThatBreaksOff_IsSeenToBreakOffByAnHttp10Client()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("GET / HTTP/1.0\r\nHost: a.test\r\n\r\n");
        await client.Reader.ReadHeadAsync();
        await client.Reader.ReadToEndAsync();

        // The connection's end is the body's end here: only a reset says that it came too early.
        Assert.Equal(StreamEnd.Reset, client.Reader.End);
    }

    [Fact]
    public async Task BackendThatComesBack_IsUsedAgain()
    {
        using var port = new PortReservation();
        await using var proxy = await TestProxy.StartAsync(new Endpoint("127.0.0.1", port.Port));
        Assert.Equal(503, (await proxy.ExchangeAsync(Get)).Status);

        await using var backend = ScriptedBackend.Start(port, async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(ScriptedBackend.Ok);
        });

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
    }
}
