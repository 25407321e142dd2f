using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Behaviour;

/// <summary>Expect: 100-continue and other interim responses (RFC 9110 10.1.1 and 15.2).</summary>
public sealed class InterimResponseTests
{
    private const string Expecting = "POST / HTTP/1.1\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n";

    [Fact]
    public async Task Continue_OfTheBackend_ReachesTheClientBeforeItSends()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var head = await connection.ExpectHeadAsync();
            Assert.Equal("100-continue", head["Expect"]);
            await connection.SendAsync("HTTP/1.1 100 Continue\r\n\r\n");
            var request = await connection.Reader.ReadBodyAsync(head, untilClose: false);
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{request.Body}");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Expecting);
        Assert.Equal(100, (await client.ReadResponseAsync()).Status);
        await client.SendAsync("ok");

        Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
    }

    [Fact]
    public async Task ClientThatDoesNotWait_IsServed()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Expecting + "ok");

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        Assert.Equal("ok", (await backend.NextRequestAsync()).Body);
    }

    [Fact]
    public async Task FinalResponse_InsteadOfContinue_EndsTheConnection()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await connection.SendAsync("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Expecting);
        var response = await client.ReadResponseAsync();

        // Whether the body still comes cannot be known: the next octets are body or request.
        Assert.Equal(401, response.Status);
        Assert.Equal("close", response["Connection"]);
        await client.ExpectCloseAsync();
    }

    [Fact]
    public async Task EarlyHints_ReachAnHttp11Client()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + ScriptedBackend.Ok);
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        for (var i = 0; i < 2; i++)
        {
            var hints = await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            Assert.Equal(103, hints.Status);
            Assert.Equal("</a.css>", hints["Link"]);
            Assert.Equal("ok", (await client.ReadResponseAsync()).Body);
        }
    }

    [Fact]
    public async Task InterimResponses_NeverReachAnHttp10Client()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + ScriptedBackend.Ok);
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        Assert.Equal(200, (await proxy.ExchangeAsync("GET / HTTP/1.0\r\nHost: a.test\r\n\r\n")).Status);
    }

    [Fact]
    public async Task Continue_ThatNobodyAskedFor_IsDropped()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 100 Continue\r\n\r\n" + ScriptedBackend.Ok);
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        Assert.Equal(200, (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
    }

    [Fact]
    public async Task InterimResponses_WithoutEnd_AreCutOff()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            for (var i = 0; i < 100_000; i++)
                await connection.SendAsync("HTTP/1.1 102 Processing\r\n\r\n");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        var interim = 0;
        WireMessage response;
        while ((response = await client.ReadResponseAsync()).Status == 102)
            interim++;

        Assert.Equal(502, response.Status);
        Assert.InRange(interim, 1, 100);
    }
}
