using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Engine;

/// <summary>One receive buffer serves all connections of a worker: what one is in the middle of must not be overwritten by another.</summary>
public sealed class SharedBufferTests
{
    [Fact]
    public async Task BytesOfBothSides_AroundTheSwitch_KeepTheirDirections()
    {
        var early = new TaskCompletionSource();
        var frames = new string('b', 1000);
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var head = await connection.ExpectHeadAsync();
            if (head["Upgrade"] is null)
            {
                await connection.SendAsync(ScriptedBackend.Ok);
                return;
            }

            await early.Task;
            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n" + frames);
            Assert.Equal(new string('c', 1000), await connection.Reader.ReadExactlyAsync(1000));
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
        await Eventually.Holds(() => backend.Connections == 1, "the backend is connected");
        await client.SendAsync(new string('c', 1000));

        // When the only worker has answered this, it has seen the early bytes too.
        Assert.Equal(200, (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        early.SetResult();

        Assert.Equal(101, (await client.ReadResponseAsync()).Status);
        Assert.Equal(frames, await client.Reader.ReadExactlyAsync(1000));
    }
}
