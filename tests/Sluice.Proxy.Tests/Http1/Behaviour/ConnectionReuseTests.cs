using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Behaviour;

/// <summary>How long connections live, on either side (RFC 9112 9).</summary>
public sealed class ConnectionReuseTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Fact]
    public async Task TwoRequests_OnOneConnection_UseOneUpstreamConnection()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            var response = await client.ExchangeAsync(Get);
            Assert.Equal(200, response.Status);
            Assert.Null(response["Connection"]);
        }

        Assert.Equal(1, backend.Connections);
    }

    [Fact]
    public async Task UpstreamConnection_OfAClientThatLeft_ServesTheNextClient()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        for (var i = 0; i < 3; i++)
            Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);

        Assert.Equal(1, backend.Connections);
    }

    [Fact]
    public async Task ConnectionClose_OfTheClient_IsAnsweredAndDone()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        var response = await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");

        Assert.Equal("close", response["Connection"]);
        await client.ExpectCloseAsync();
        Assert.Equal(StreamEnd.Closed, client.Reader.End);
    }

    [Fact]
    public async Task ConnectionClose_OfTheBackend_IsNotTheClients()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 3; i++)
        {
            var response = await client.ExchangeAsync(Get);
            Assert.Equal("ok", response.Body);
            Assert.Null(response["Connection"]);
        }

        Assert.Equal(3, backend.Connections);
    }

    [Fact]
    public async Task Http10Client_WithoutKeepAlive_IsClosed()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        var response = await client.ExchangeAsync("GET / HTTP/1.0\r\nHost: a.test\r\n\r\n");

        Assert.Equal("ok", response.Body);
        await client.ExpectCloseAsync();
    }

    [Fact]
    public async Task Http10Client_WithKeepAlive_IsToldAndServedOn()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            var response = await client.ExchangeAsync("GET / HTTP/1.0\r\nHost: a.test\r\nConnection: Keep-Alive\r\n\r\n");
            Assert.Equal("keep-alive", response["Connection"]);
        }
    }

    [Fact]
    public async Task ClientThatHalfCloses_AfterItsRequest_StillGetsTheResponse()
    {
        var halfClosed = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await halfClosed.Task;
            await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        client.ShutdownSend();
        halfClosed.SetResult();

        Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
        await client.ExpectCloseAsync();
    }

    [Theory]
    [InlineData("a.test", 200)]
    [InlineData("c.test", 404)]
    public async Task ClientThatHalfCloses_AfterPipelinedRequests_GetsAllResponses(string host, int status)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes().Forward("a.test", "/", backend.Endpoint));
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(string.Concat(Enumerable.Repeat($"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n", 3)));
        client.ShutdownSend();

        for (var i = 0; i < 3; i++)
            Assert.Equal(status, (await client.ReadResponseAsync()).Status);
        await client.ExpectCloseAsync();
        Assert.Equal(StreamEnd.Closed, client.Reader.End);
    }

    [Fact]
    public async Task ClientThatLeaves_InTheMiddle_FreesTheBackend()
    {
        var freed = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            if (connection.Index == 0)
            {
                await connection.ExpectRequestAsync();
                await connection.ReadToEndAsync();
                freed.SetResult();
            }
            else
            {
                await connection.ExpectRequestAsync();
                await connection.SendAsync(ScriptedBackend.Ok);
            }
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        var client = await proxy.ConnectAsync();
        await client.SendAsync(Get);
        await backend.NextRequestAsync();

        client.Reset();

        await freed.Task.Within("the upstream connection to be closed");
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task PipelinedRequests_WithASlowFirst_AreAnsweredInOrder()
    {
        var second = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Answering(request => $"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{request.Target}");
        await using var slow = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is not null)
            {
                await second.Task;
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n/1");
            }
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes().Forward("*", "/1", slow.Endpoint).Forward("*", "/", backend.Endpoint));
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("GET /1 HTTP/1.1\r\nHost: a.test\r\n\r\nGET /2 HTTP/1.1\r\nHost: a.test\r\n\r\nGET /3 HTTP/1.1\r\nHost: a.test\r\n\r\n");
        await slow.NextRequestAsync();
        second.SetResult();

        foreach (var target in new[] { "/1", "/2", "/3" })
            Assert.Equal(target, (await client.ReadResponseAsync()).Body);
    }

    [Fact]
    public async Task BodyOfAPipelinedRequest_ThatCameWhileTheFirstWasServed_IsRead()
    {
        var sent = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            while (await connection.ReadRequestAsync() is { } request)
            {
                if (request.Method == "GET")
                    await sent.Task;
                await connection.SendAsync(ScriptedBackend.Ok);
            }
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();
        var body = new string('x', 100_000);

        // The head of the second comes with the first, its body later: nothing new happens on the socket once it is its turn.
        await client.SendAsync($"GET / HTTP/1.1\r\nHost: a.test\r\n\r\nPOST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: {body.Length}\r\n\r\nxx");
        await backend.NextRequestAsync();
        await client.SendAsync(body[2..]);
        sent.SetResult();

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        Assert.Equal(body, backend.Requests.Last().Body);
    }

    [Fact]
    public async Task ManyPipelinedRequests_MoreThanABufferHolds_AreAllAnswered()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();
        const int Count = 2_000;
        var padding = new string('x', 200);

        var sending = client.SendAsync(string.Concat(Enumerable.Repeat($"GET / HTTP/1.1\r\nHost: a.test\r\nX-Pad: {padding}\r\n\r\n", Count)));
        for (var i = 0; i < Count; i++)
            Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
        await sending;
    }

    [Fact]
    public async Task IdleClient_AfterTheIdleTimeout_IsClosedWithoutAWord()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { IdleTimeout = TimeSpan.FromMilliseconds(100) }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.ExchangeAsync(Get);

        await client.ExpectCloseAsync();
        Assert.Equal(StreamEnd.Closed, client.Reader.End);
    }

    [Fact]
    public async Task UnusedUpstreamConnection_AfterItsTimeout_IsClosed()
    {
        var closed = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync(ScriptedBackend.Ok);
            if (await connection.ReadRequestAsync() is null)
                closed.SetResult();
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { UpstreamIdleTimeout = TimeSpan.FromMilliseconds(100) }, backend.Endpoint);

        await proxy.ExchangeAsync(Get);

        await closed.Task.Within("the unused connection to be closed");
    }

    [Fact]
    public async Task MoreConnections_ThanTheCap_AreClosedAtOnce()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { Connections = 2 }, backend.Endpoint);
        await using var first = await proxy.ConnectAsync();
        await first.ExchangeAsync(Get);
        var second = await proxy.ConnectAsync();
        await second.ExchangeAsync(Get);
        await using var third = await proxy.ConnectAsync();

        Assert.Equal("", await third.Reader.ReadToEndAsync());
        Assert.Equal(200, (await first.ExchangeAsync(Get)).Status);

        // A place that is free again is given to the next.
        await second.DisposeAsync();
        WireMessage? response = null;
        while (response is null)
        {
            await using var next = await proxy.ConnectAsync();
            await next.SendAsync(Get);
            response = await next.Reader.ReadResponseAsync();
        }
        Assert.Equal(200, response.Status);
    }
}
