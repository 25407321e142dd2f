using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Engine;

/// <summary>The last bytes of a connection: they are the peer's, however slow it is and whatever it still sends.</summary>
public sealed class ClosingTests
{
    [Fact]
    public async Task SlowClient_ThatTakesTheRestBitByBit_GetsAllOfIt()
    {
        // Slow is the client throughout, but never for as long as the limit. Unframed for an HTTP/1.0 client, so that all of it is written, and closing, while the client has read next to nothing.
        const int Length = 6_000_000;
        var limit = TimeSpan.FromMilliseconds(800);
        await using var backend = ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{Length:x}\r\n{new string('x', Length)}\r\n0\r\n\r\n");
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { BodyTimeout = limit, LingerTimeout = TimeSpan.FromMinutes(1) }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync(receiveBuffer: 8 * 1024);

        await client.SendAsync("GET / HTTP/1.0\r\nHost: a.test\r\n\r\n");
        await client.Reader.ReadHeadAsync();
        var received = 0L;
        long part;
        while ((part = await client.Reader.DiscardAsync(150_000)) > 0)
        {
            received += part;
            await Task.Delay(limit / 6, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Length, received);
        Assert.Equal(StreamEnd.Closed, client.Reader.End);
    }

    [Fact]
    public async Task RefusedSecondRequest_WithMoreBehindIt_IsReadableToItsEnd()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();
        await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n");
        await Eventually.Holds(() => proxy.Server.Metric("sluice_http_refused_total{reason=\"invalid Content-Length\"}") == 1, "the request is refused");
        for (var i = 0; i < 20; i++)
            await client.SendAsync(new string('x', 10_000));

        Assert.Equal(400, (await client.ReadResponseAsync()).Status);
        await client.ExpectCloseAsync();
        Assert.False(client.SendFailed);
        Assert.Equal(StreamEnd.Closed, client.Reader.End);
    }
}
