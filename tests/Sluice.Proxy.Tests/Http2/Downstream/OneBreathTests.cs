using System.Text;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>Requests that come with other frames in one segment.</summary>
public sealed class OneBreathTests
{
    [Theory]
    [InlineData((byte)FrameType.RstStream, new byte[] { 0, 0, 0, 8 })]
    [InlineData((byte)FrameType.WindowUpdate, new byte[] { 0, 0, 0, 0 })]
    public async Task RequestThatIsOverAtOnce_NeverReachesABackend(byte type, byte[] payload)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendAsync((byte[])[.. Get(1, "/over"), .. Get(3, "/over"), .. Over(1), .. Over(3), .. Get(5, "/kept")]);

        Assert.Equal("200", (await client.ReadResponseAsync(5)).Status);
        Assert.Equal("/kept", Assert.Single(backend.Requests).Target);

        byte[] Over(int id) => FrameClient.Frame((FrameType)type, FrameFlags.None, id, payload);
    }

    [Fact]
    public async Task ManyRequests_WithTheirBodies_AreAllServed()
    {
        const int Count = 40;
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);
        var bytes = new List<byte>();
        for (var i = 0; i < Count; i++)
        {
            var id = 1 + (2 * i);
            if (i % 3 == 0)
            {
                bytes.AddRange(FrameClient.Frame(FrameType.Headers, FrameFlags.EndHeaders, id, FrameClient.Block(":method: POST", ":scheme: http", $":path: /{id}", ":authority: a.test")));
                bytes.AddRange(FrameClient.Frame(FrameType.Data, FrameFlags.EndStream, id, Encoding.ASCII.GetBytes($"body of {id}")));
            }
            else
            {
                bytes.AddRange(Get(id, $"/{id}"));
            }
        }

        await client.SendAsync(bytes.ToArray());
        for (var i = 0; i < Count; i++)
            Assert.Equal("200", (await client.ReadResponseAsync(1 + (2 * i))).Status);

        var requests = backend.Requests.ToDictionary(request => request.Target);
        Assert.Equal(Count, requests.Count);
        Assert.All(Enumerable.Range(0, Count), i => Assert.Equal(i % 3 == 0 ? $"body of {1 + (2 * i)}" : "", requests[$"/{1 + (2 * i)}"].Body));
    }

    [Fact]
    public async Task MoreAfterTooManyResets_IsNotReadForEver()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);
        var id = 1;

        // Far more than is thrown away for the sake of the GOAWAY: the proxy ends the connection in the middle of it.
        await Assert.ThrowsAnyAsync<System.Net.Sockets.SocketException>(async () =>
        {
            for (var batch = 0; batch < 100_000; batch++)
            {
                var bytes = new List<byte>();
                for (var i = 0; i < 100; i++, id += 2)
                    bytes.AddRange((byte[])[.. Get(id, "/over"), .. FrameClient.Frame(FrameType.RstStream, FrameFlags.None, id, [0, 0, 0, 8])]);
                await client.SendAsync(bytes.ToArray());
            }
        });
        Assert.Equal(1, proxy.Server.Metric("sluice_http2_connection_errors_total{reason=\"rapid reset\"}"));
    }

    private static byte[] Get(int id, string path) =>
        FrameClient.Frame(FrameType.Headers, FrameFlags.EndHeaders | FrameFlags.EndStream, id, FrameClient.Block(":method: GET", ":scheme: http", $":path: {path}", ":authority: a.test"));
}
