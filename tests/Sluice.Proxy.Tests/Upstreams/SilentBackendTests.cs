using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Upstreams;

/// <summary>Backends that never say, or never take, anything: every exchange has an end.</summary>
public sealed class SilentBackendTests
{
    private const string Upgrade = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

    private static readonly ProxyLimits Impatient = new() { ResponseTimeout = TimeSpan.FromMilliseconds(200) };

    private static ScriptedBackend Silent() => ScriptedBackend.Start(async connection => await connection.ReadToEndAsync());

    [Fact]
    public async Task Upgrade_ThatIsNeverAnswered_Is504()
    {
        await using var backend = Silent();
        await using var proxy = await TestProxy.StartAsync(Impatient, backend.Endpoint);

        Assert.Equal(504, (await proxy.ExchangeAsync(Upgrade)).Status);
    }

    [Fact]
    public async Task Upgrade_WhoseClientLeaves_FreesTheBackend()
    {
        await using var backend = Silent();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { HalfCloseTimeout = TimeSpan.FromMilliseconds(100) }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Upgrade);
        await Eventually.Holds(() => backend.Connections == 1, "the backend is connected");
        client.ShutdownSend();

        await client.ExpectCloseAsync();
        await Eventually.Holds(() => proxy.Server.Metric("sluice_downstream_aborts_total") == 1, "the abort is counted");
    }

    [Fact]
    public async Task Upload_ThatTheBackendNeverTakes_Is504()
    {
        var never = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(_ => never.Task);
        await using var proxy = await TestProxy.StartAsync(Impatient, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();
        const int Length = 30_000_000;

        // More than all the buffers on the way hold, so that some of it always waits in the proxy.
        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: {Length}\r\n\r\n");
        var sending = client.SendAsync(new byte[Length]);
        var response = await client.ReadResponseAsync();
        never.SetResult();
        await client.DisposeAsync();
        await sending.ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.Equal(504, response.Status);
    }

    [Fact]
    public async Task WholeRequest_ThatTheBackendNeverTakes_Is504()
    {
        var never = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(_ => never.Task);
        await using var proxy = await TestProxy.StartAsync(Impatient, backend.Endpoint);

        // The end of one of these requests waits in the proxy: longer than what the kernel takes, shorter than when the client is paused.
        for (var length = 2_000_000; length < 6_000_000; length += 60_000)
        {
            await using var client = await proxy.ConnectAsync();
            await client.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: {length}\r\n\r\n");
            var sending = client.SendAsync(new byte[length]);
            Assert.Equal(504, (await client.ReadResponseAsync()).Status);
            await client.DisposeAsync();
            await sending.ContinueWith(_ => { }, TaskScheduler.Default);
        }

        never.SetResult();
    }
}
