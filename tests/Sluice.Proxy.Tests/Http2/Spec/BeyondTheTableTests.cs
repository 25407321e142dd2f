using System.Buffers.Binary;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec;

/// <summary>Requirements of the RFCs that h2spec has no case for.</summary>
public sealed class BeyondTheTableTests
{
    /// <summary>RFC 7541 4.2: who is given a smaller table says so in the next field block, once, also when it keeps nothing in it.</summary>
    [Fact]
    public async Task SmallerTable_IsTakenNoteOfInTheNextBlock()
    {
        await using var backend = SpecBackend.Start();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint, (SettingId.HeaderTableSize, 0));

        await client.GetAsync(1);
        await client.GetAsync(3);

        var blocks = client.Received.Where(frame => frame.Type == FrameType.Headers).Select(frame => frame.Payload[0]).ToArray();
        Assert.Equal(FieldBlock.SizeUpdate(0)[0], blocks[0]);
        Assert.NotEqual(FieldBlock.SizeUpdate(0)[0], blocks[1]);
    }

    /// <summary>RFC 9113 6.8: streams above the number in GOAWAY were not looked at, and can be tried again elsewhere.</summary>
    [Fact]
    public async Task GoAway_NamesTheLastStreamThatWasLookedAt()
    {
        await using var backend = SpecBackend.Start();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);
        await client.GetAsync(1);
        await client.GetAsync(7);

        await client.SendAsync([Make.Data(0, "error"), Make.Get(9)]);
        await client.ReadToEndAsync();

        Assert.Equal(7, BinaryPrimitives.ReadInt32BigEndian(client.GoneAway!.Payload));
        Assert.Equal(0, client.Response(9).Status);
        Assert.Equal(2, backend.Requests.Count);
    }

    /// <summary>RFC 9113 4.3 and 6.10: a head that is larger than a frame goes on in CONTINUATION, with nothing in between.</summary>
    [Fact]
    public async Task LargeResponseHead_IsSplit()
    {
        var fields = Enumerable.Range(0, 3).Select(i => $"X-{i}: {new string((char)('a' + i), 9_000)}\r\n");
        await using var backend = ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n{string.Concat(fields)}\r\nok");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        await client.SendAsync(Enumerable.Range(0, 20).Select(i => Make.Get(2 * i + 1)));
        for (var stream = 1; stream < 40; stream += 2)
        {
            var response = await client.ResponseAsync(stream);
            Assert.Equal(new string('c', 9_000), response["x-2"]);
            Assert.Equal("ok", response.Body);
        }

        Assert.Contains(client.Received, frame => frame.Type == FrameType.Continuation);
    }

    /// <summary>RFC 9113 3.4: the preface may come in any pieces, and requests right behind it.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(23)]
    [InlineData(25)]
    public async Task Preface_InPieces_IsAPreface(int step)
    {
        await using var backend = SpecBackend.Start();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.OpenAsync(proxy.EndPoint);
        byte[] bytes = [.. Wire.Bytes(Http2Client.Preface), .. Frame.ToBytes([Make.Settings(), Make.Post(1), Make.Data(1, "body")])];

        for (var at = 0; at < bytes.Length; at += step)
            await client.SendAsync(bytes.AsMemory(at, Math.Min(step, bytes.Length - at)));

        Assert.Equal(SpecBackend.Body, (await client.ResponseAsync(1)).Body);
        Assert.Equal("body", (await backend.NextRequestAsync()).Body);
    }

    /// <summary>RFC 9113 6.5.3: settings are acknowledged in their order, and each counts from then on.</summary>
    [Fact]
    public async Task Settings_AreAcknowledgedOneByOne()
    {
        await using var backend = SpecBackend.Start();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        await client.SendAsync([.. Enumerable.Range(0, 20).Select(i => Make.Settings((SettingId.InitialWindowSize, (uint)i)))]);
        await client.PingAsync();

        Assert.Equal(21, client.Received.Count(frame => frame is { Type: FrameType.Settings, IsAck: true }));
        client.GivesBack = false;
        await client.SendAsync([Make.Get(1)]);
        await client.ResponseWhenAsync(1, response => response.Body.Length == SpecBackend.Body.Length);
    }

    /// <summary>RFC 9113 8.1: a client that needs no more of a request than its head gets the answer, and is told to stop.</summary>
    [Fact]
    public async Task AnswerBeforeTheBodysEnd_IsWhole()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await connection.SendAsync(ScriptedBackend.Ok);
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        await using var client = await Http2Client.ConnectAsync(proxy.EndPoint);

        await client.SendAsync([Make.Post(1), Make.Data(1, "some", 0)]);
        var response = await client.ResponseWhenAsync(1, answer => answer.Reset is not null);

        Assert.Equal((200, "ok", true, Http2Error.NoError), (response.Status, response.Body, response.Ended, response.Reset));
        await client.SendAsync([Make.Data(1, "more")]);
        await client.PingAsync();
        Assert.Null(client.GoneAway);
    }
}
