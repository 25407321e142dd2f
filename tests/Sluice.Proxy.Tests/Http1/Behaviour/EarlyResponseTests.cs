using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Behaviour;

/// <summary>Backends that answer before they have the whole request (RFC 9112 9.3 and 9.6).</summary>
public sealed class EarlyResponseTests
{
    [Fact]
    public async Task ResponseBeforeAHugeBody_ReachesTheClient()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await connection.SendAsync("HTTP/1.1 413 Content Too Large\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 50000000\r\n\r\n");
        var body = new byte[100_000];
        for (var sent = 0; sent < 50_000_000 && !client.SendFailed && client.Reader.Pending.Length == 0; sent += body.Length)
            await client.SendAsync(body);
        var response = await client.ReadResponseAsync();

        Assert.Equal(413, response.Status);
        Assert.Equal("no", response.Body);
    }

    [Fact]
    public async Task ResponseBeforeASmallBody_LeavesTheNextRequestWhole()
    {
        var answered = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var head = await connection.ExpectHeadAsync();
            await connection.SendAsync(ScriptedBackend.Ok);
            if (head.Method == "POST")
                await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 40\r\n\r\n");
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);

        // The body that is still owed looks like a request, and must not become one.
        await client.SendAsync("GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n"[..40]);
        await client.SendAsync("GET /next HTTP/1.1\r\nHost: a.test\r\n\r\n");
        var next = await client.Reader.ReadResponseAsync();

        Assert.True(next is null or { Status: 200 });
        Assert.DoesNotContain(backend.Requests, request => request.Target == "/smuggled");
        answered.SetResult();
    }

    [Fact]
    public async Task BackendThatAnswersAndCloses_WhileTheBodyComes_IsHeard()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await connection.Reader.ReadExactlyAsync(1000);
            await connection.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 2\r\n\r\nno");
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (var i = 0; i < 50 && !client.SendFailed; i++)
            await client.SendAsync($"400\r\n{new string('x', 1024)}\r\n");
        var response = await client.ReadResponseAsync();

        Assert.Equal(400, response.Status);
        Assert.Equal("no", response.Body);
    }

    [Fact]
    public async Task UpstreamConnection_WithAnUnfinishedRequest_IsNotUsedAgain()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await connection.SendAsync(ScriptedBackend.Ok);
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);

        await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1000\r\n\r\n");
        await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Equal(2, backend.Connections);
    }
}
