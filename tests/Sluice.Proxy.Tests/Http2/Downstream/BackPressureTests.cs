using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>Flow control is back-pressure: who is slow on one side slows the other, and little waits in between (RFC 9113 5.2).</summary>
public sealed class BackPressureTests
{
    private const int Body = 4 * 1024 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20_000)]
    public async Task Response_WaitsForTheStreamsWindow(int window)
    {
        var sent = 0;
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Body}\r\n\r\n");
            for (var piece = new string('x', 16 * 1024); sent < Body; sent += piece.Length)
                await connection.SendAsync(piece);
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint, (SettingId.InitialWindowSize, (uint)window));

        await client.SendGetAsync(1, "/");
        await client.ReadAsync(FrameType.Headers);
        for (var received = 0; received < window; received += (await client.ReadAsync(FrameType.Data)).Payload.Length)
            Assert.InRange(received, 0, window);
        await client.SettleAsync();

        // Another stream is not held up: it has a window of its own.
        await client.SendWindowUpdateAsync(0, Body);
        await client.SendWindowUpdateAsync(1, Body - window);
        var response = await client.ReadResponseAsync(1);

        Assert.Equal(Body - window, response.Body.Length);
        Assert.Null(response.Reset);
    }

    [Fact]
    public async Task Streams_ShareTheConnectionsWindow_InTurns()
    {
        await using var backend = ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n{new string('x', 200_000)}");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint, (SettingId.InitialWindowSize, 1 << 20));

        await client.SendGetAsync(1, "/");
        await client.SendGetAsync(3, "/");
        var seen = new Dictionary<int, int> { [1] = 0, [3] = 0 };
        var window = 65_535;
        while (seen.Values.Sum() < 400_000)
        {
            var frame = await client.ReadAsync(FrameType.Data);
            window -= frame.Payload.Length;
            Assert.InRange(window, 0, 65_535);
            seen[frame.StreamId] += frame.Payload.Length;
            if (window > 0)
                continue;
            window = 40_000;
            await client.SendWindowUpdateAsync(0, window);
        }

        Assert.Equal(seen[1], seen[3]);
    }

    [Fact]
    public async Task SmallerWindow_BySettings_HoldsBackWhatWasAllowed()
    {
        var go = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\n" + new string('x', 1000));
            await go.Task;
            await connection.SendAsync(new string('y', 2000));
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint, (SettingId.InitialWindowSize, 1500));

        await client.SendGetAsync(1, "/");
        Assert.Equal(1000, (await client.ReadAsync(FrameType.Data)).Payload.Length);

        // 500 are left of 1500; with 200 instead, 800 too many have been sent already.
        await client.SendSettingsAsync((SettingId.InitialWindowSize, 200));
        await client.SettleAsync();
        go.SetResult();
        await client.SendWindowUpdateAsync(1, 801);
        Assert.Single((await client.ReadAsync(FrameType.Data)).Payload);
        await client.SendSettingsAsync((SettingId.InitialWindowSize, 2199));

        Assert.Equal(1999, (await client.ReadResponseAsync(1)).Body.Length);
    }

    [Fact]
    public async Task Request_WaitsForTheBackend_AndOthersDoNot()
    {
        // More than the kernel's buffers hold between the proxy and a backend that does not read.
        const int Upload = 24 * 1024 * 1024;
        var go = new TaskCompletionSource();
        var received = 0;
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            var head = await connection.ExpectHeadAsync();
            if (head.Method == "GET")
            {
                await connection.SendAsync(ScriptedBackend.Ok);
                return;
            }

            await go.Task;
            for (; received < Upload; received += 4096)
                await connection.Reader.ReadExactlyAsync(4096);
            await connection.SendAsync(ScriptedBackend.Ok);
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        // Sends as the windows allow, and stops when nothing is given back any more.
        await client.SendPostAsync(1, "/", $"content-length: {Upload}");
        var (connection, stream) = (1024 * 1024, 64 * 1024);
        var sent = 0;
        var stalled = false;
        while (sent < Upload)
        {
            var count = Math.Min(Math.Min(16 * 1024, Upload - sent), Math.Min(connection, stream));
            if (count > 0)
            {
                await client.SendDataAsync(1, new string('x', count), end: sent + count == Upload);
                sent += count;
                connection -= count;
                stream -= count;
                continue;
            }

            if (!stalled)
            {
                await client.SettleAsync();
                stalled = !client.Has(frame => frame.Type == FrameType.WindowUpdate);
                if (stalled)
                {
                    Assert.InRange(sent, 64 * 1024, Upload - 1);
                    Assert.Equal("200", (await client.GetAsync(3, "/")).Status);
                    go.SetResult();
                }
            }

            var update = await client.ReadAsync(FrameType.WindowUpdate);
            if (update.StreamId == 0)
                connection += update.Number;
            else
                stream += update.Number;
        }

        Assert.True(stalled, "the backend read nothing and the proxy took everything");
        Assert.Equal("200", (await client.ReadResponseAsync(1)).Status);
        Assert.Equal(Upload, received);
    }

    [Fact]
    public async Task Request_BeyondItsWindow_ResetsTheStream()
    {
        await using var backend = ScriptedBackend.Start(connection => connection.ReadToEndAsync());
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendPostAsync(1, "/");
        await client.SendPostAsync(3, "/");
        var held = new string('x', 16 * 1024);
        StreamResponse? response = null;
        for (var i = 0; i < 2000 && response is null; i++)
        {
            await client.SendDataAsync(1, held, end: false);
            if (i % 16 == 15)
            {
                await client.SettleAsync();
                if (client.Has(frame => frame.Type == FrameType.RstStream))
                    response = await client.ReadResponseAsync(1);
            }
        }

        Assert.Equal(Http2Error.FlowControlError, response?.Reset);
    }
}
