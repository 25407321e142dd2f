using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Abuse;

/// <summary>What busy clients do for good reasons, at a pace that no limit may stop.</summary>
public sealed class HonestClientTests
{
    /// <summary>Two WINDOW_UPDATE for each answer, a PING now and then, some PRIORITY: as browsers and gRPC clients do.</summary>
    [Fact]
    public async Task ManyRequests_WithTheirControlFrames_AreServed()
    {
        await using var backend = SpecBackend.Start();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        for (var stream = 1; stream < 3_000; stream += 2)
        {
            await client.SendAsync([Make.Priority(stream, weight: 200), Make.Get(stream), Make.WindowUpdate(stream, 1000), Make.WindowUpdate(0, 1000)]);
            Assert.Equal(200, (await client.ResponseAsync(stream)).Status);
            if (stream % 10 == 1)
                await client.PingAsync();
        }

        Assert.Null(client.GoneAway);
    }

    /// <summary>A user who leaves a page takes back what it was loading.</summary>
    [Fact]
    public async Task ManyRequests_SomeTakenBack_AreServed()
    {
        await using var backend = SpecBackend.Start();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        for (var round = 0; round < 10; round++)
        {
            var first = 200 * round + 1;
            for (var stream = first; stream < first + 200; stream += 2)
            {
                var isTakenBack = stream % 20 == 1;
                await client.SendAsync(isTakenBack ? [Make.Post(stream), Make.RstStream(stream)] : [Make.Get(stream)]);
                if (!isTakenBack)
                    Assert.Equal(200, (await client.ResponseAsync(stream)).Status);
            }
        }

        Assert.Null(client.GoneAway);
    }

    /// <summary>One large entry of the table named again and again is refused each time, at the cost of its few octets.</summary>
    [Fact]
    public async Task HpackBombs_AreAnsweredOneByOne()
    {
        await using var backend = SpecBackend.Start();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);
        byte[] bomb = [.. FieldBlock.Request("GET", "/"), .. FieldBlock.Literal(0x40, "x-a", new string('x', 4_000)), .. Enumerable.Range(0, 10_000).SelectMany(_ => FieldBlock.Indexed(62))];

        for (var stream = 1; stream < 200; stream += 2)
        {
            await client.SendAsync([Make.Headers(stream, bomb)]);
            Assert.Equal(431, (await client.ResponseAsync(stream)).Status);
        }

        // The table is what both sides think it is.
        await client.SendAsync([Make.Headers(201, [.. FieldBlock.Request("GET", "/"), .. FieldBlock.Indexed(62)])]);
        Assert.Equal(200, (await client.ResponseAsync(201)).Status);
        Assert.Equal(Http2Error.NoError, client.GoneAway?.ErrorCode ?? Http2Error.NoError);
    }
}
