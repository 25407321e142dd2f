using Sluice.Configuration;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>A stream that only is read, matched, edited and forwarded allocates nothing.</summary>
public sealed class AllocationTests
{
    private const int Requests = 500;

    [Theory]
    [InlineData("GET", "/a/b?c=d", "")]
    [InlineData("POST", "/", "hello")]
    [InlineData("GET", "/edited", "")]
    [InlineData("GET", "/direct", "")]
    [InlineData("GET", "/moved", "")]
    public async Task Stream_OnKeptConnections_AllocatesNothing(string method, string path, string body)
    {
        await using var backend = ScriptedBackend.Answering();
        var edits = new HeaderModifier { Set = [new HeaderValue("X-New", "2")], Remove = ["x-old"] };
        var routes = new TestRoutes()
            .Add("*", "/direct", new DirectResponseAction { StatusCode = 200, Body = "ok" })
            .Add("*", "/moved", new RedirectAction { StatusCode = 302, Hostname = "b.example" })
            .Add("*", "/edited", new ForwardAction([new WeightedBackend { Cluster = "test/cluster0:80", Weight = 1 }]), [edits])
            .Forward("*", "/", backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        var next = 1;
        await Allocations.AreNoneAsync(proxy.Server, Requests, async () =>
        {
            await Repeat(client, next, method, path, body);
            next += 2 * Requests;
        });
    }

    private static async Task Repeat(FrameClient client, int first, string method, string path, string body)
    {
        for (var i = 0; i < Requests; i++)
        {
            var id = first + (2 * i);
            await client.SendHeadersAsync(id, end: body.Length == 0, $":method: {method}", ":scheme: http", $":path: {path}", ":authority: a.test", "x-old: 1", "cookie: a=b", "cookie: c=d");
            if (body.Length > 0)
                await client.SendDataAsync(id, body, end: true);
            Assert.Null((await client.ReadResponseAsync(id)).Reset);
        }
    }

    [Fact]
    public async Task FieldsOfTheTable_AllocateNothing()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        // :path and a field with incremental indexing: entries come and go.
        async Task SendAsync(int id)
        {
            byte[] value = [.. $"{id:d100}".Select(digit => (byte)digit)];
            byte[] block = [0x82, 0x86, 0x44, 101, (byte)'/', .. value, 0x41, 6, .. "a.test"u8, 0x40, 3, .. "x-a"u8, 100, .. value];
            await client.SendAsync(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, id, block);
            Assert.Equal("200", (await client.ReadResponseAsync(id)).Status);
        }

        var next = 1;
        await Allocations.AreNoneAsync(proxy.Server, Requests, async () =>
        {
            for (var i = 0; i < Requests; i++, next += 2)
                await SendAsync(next);
        });
    }
}
