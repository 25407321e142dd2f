using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Behaviour;

/// <summary>A slow side slows the other down instead of filling memory.</summary>
public sealed class BackPressureTests
{
    private const int Size = 256 * 1024 * 1024;

    /// <summary>
    /// What may be on the way when one side stands still: socket buffers of four sockets, which the kernel grows to some
    /// megabytes each, a pipe, and the proxy's own queues, which are far smaller.
    /// </summary>
    private const int MostOnTheWay = 64 * 1024 * 1024;

    [Theory]
    [InlineData("Content-Length: 268435456")]
    [InlineData("X-Framing: none")]
    public async Task ClientThatDoesNotRead_StopsTheBackend(string framing)
    {
        var sent = 0L;
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\n{framing}\r\n\r\n");
            var part = new byte[64 * 1024];
            for (; Interlocked.Read(ref sent) < Size; Interlocked.Add(ref sent, part.Length))
                await connection.SendAsync(part);
        });
        await using var other = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes().Forward("a.test", "/", backend.Endpoint).Forward("b.test", "/", other.Endpoint));
        await using var client = await proxy.ConnectAsync(receiveBuffer: 16 * 1024);

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");
        await StandsStillAsync(proxy, () => Interlocked.Read(ref sent));

        Assert.InRange(Interlocked.Read(ref sent), 1, MostOnTheWay);
        var head = (await client.Reader.ReadHeadAsync())!;
        var rest = head["Content-Length"] is null ? long.MaxValue : Size;
        Assert.True(await client.Reader.DiscardAsync(rest) >= Size);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BackendThatDoesNotRead_StopsTheClient(bool chunked)
    {
        var read = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await read.Task;
            await connection.Reader.DiscardAsync(Size);
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using var other = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), new TestRoutes().Forward("a.test", "/", backend.Endpoint).Forward("b.test", "/", other.Endpoint));
        await using var client = await proxy.ConnectAsync();
        var sent = 0L;

        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\n{(chunked ? "Transfer-Encoding: chunked" : $"Content-Length: {Size}")}\r\n\r\n{(chunked ? $"{Size:x}\r\n" : "")}");
        var sending = Task.Run(async () =>
        {
            var part = new byte[64 * 1024];
            for (; Interlocked.Read(ref sent) < Size; Interlocked.Add(ref sent, part.Length))
                await client.SendAsync(part);
            if (chunked)
                await client.SendAsync("\r\n0\r\n\r\n");
        }, TestContext.Current.CancellationToken);
        await StandsStillAsync(proxy, () => Interlocked.Read(ref sent));

        Assert.InRange(Interlocked.Read(ref sent), 1, MostOnTheWay);
        read.SetResult();
        await sending;
        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
    }

    /// <summary>Waits until a count has not moved while the proxy served a hundred other requests.</summary>
    private static async Task StandsStillAsync(TestProxy proxy, Func<long> count)
    {
        await using var client = await proxy.ConnectAsync();
        long before;
        do
        {
            before = count();
            for (var i = 0; i < 100; i++)
                await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: b.test\r\n\r\n");
        }
        while (count() != before);
    }
}
