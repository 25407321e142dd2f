using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Abuse;

/// <summary>Clients that ask for much and keep a window closed, or do not read at all (CVE-2019-9511, CVE-2019-9517).</summary>
public sealed class WindowStallTests
{
    private const string SlowReaders = "sluice_http2_stream_resets_total{reason=\"slow reader\"}";

    private static readonly ProxyLimits Impatient = new() { BodyTimeout = TimeSpan.FromMilliseconds(300) };

    private static ScriptedBackend Large() => ScriptedBackend.Answering(request =>
        request.Target == "/large" ? $"HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n{new string('x', 200_000)}" : ScriptedBackend.Ok);

    [Fact]
    public async Task StreamsWithoutAWindow_AreResetOneByOne()
    {
        await using var backend = Large();
        await using var proxy = await TestProxy.StartAsync(Impatient, backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint, (SettingId.InitialWindowSize, 0));

        await client.SendAsync(Enumerable.Range(0, 20).Select(i => Make.Get(2 * i + 1, "/large")));
        for (var i = 0; i < 20; i++)
        {
            var response = await client.ResponseAsync(2 * i + 1);
            Assert.Equal((200, "", Http2Error.Cancel), (response.Status, response.Body, response.Reset));
        }

        Assert.Equal(20, proxy.Server.Metric(SlowReaders));
        await client.SendAsync([Make.Get(41), Make.WindowUpdate(41, 100)]);
        Assert.Equal("ok", (await client.ResponseAsync(41)).Body);
    }

    [Fact]
    public async Task ConnectionWithoutAWindow_LosesItsStreamsOnly()
    {
        await using var backend = Large();
        await using var proxy = await TestProxy.StartAsync(Impatient, backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint, (SettingId.InitialWindowSize, 1_000_000));
        client.GivesBack = false;

        await client.SendAsync([Make.Get(1, "/large")]);
        var response = await client.ResponseAsync(1);

        Assert.Equal((65_535, Http2Error.Cancel), (response.Body.Length, response.Reset));
        await client.SendAsync([Make.WindowUpdate(0, 100_000)]);
        Assert.Equal("ok", (await client.GetAsync(3)).Body);
    }

    [Fact]
    public async Task WindowThatOpensInTime_LosesNothing()
    {
        await using var backend = Large();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint, (SettingId.InitialWindowSize, 0));
        await client.SendAsync([Make.Get(1, "/large")]);
        var response = client.Response(1);
        await client.ResponseWhenAsync(1, _ => response.Status == 200);

        // In steps of one to a thousand octets.
        client.GivesBack = false;
        await client.SendAsync([Make.WindowUpdate(0, 1_000_000)]);
        for (var (step, granted) = (1, 0); granted < 200_000; granted += step, step = step % 997 + 7)
            await client.SendAsync([Make.WindowUpdate(1, step)]);
        await client.ResponseAsync(1);

        Assert.Equal(200_000, response.Body.Length);
        Assert.Equal(0, proxy.Server.Metric(SlowReaders));
    }

    [Fact]
    public async Task ClientThatDoesNotRead_LosesItsConnection()
    {
        await using var backend = Large();
        await using var proxy = await TestProxy.StartAsync(Impatient, backend.Endpoint);
        await using var client = await Http2Client.OpenAsync(proxy.EndPoint, receiveBuffer: 4096);
        await client.HandshakeAsync((SettingId.InitialWindowSize, int.MaxValue));
        await client.SendAsync([Make.WindowUpdate(0, int.MaxValue - 65_535), .. Enumerable.Range(0, 90).Select(i => Make.Get(2 * i + 1, "/large"))]);

        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");

        await using var other = await Http2Client.ConnectAsync(proxy.EndPoint);
        Assert.Equal("ok", (await other.GetAsync(1)).Body);
    }
}
