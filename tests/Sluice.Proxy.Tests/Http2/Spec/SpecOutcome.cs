using System.Buffers.Binary;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec;

/// <summary>What must come back in a case.</summary>
/// <param name="Text">For messages.</param>
/// <param name="VerifyAsync">Reads what comes and fails when it is something else.</param>
internal sealed record SpecOutcome(string Text, Func<Http2Client, Task> VerifyAsync)
{
    private const string Probe = "after it";

    /// <summary>A whole answer on that stream, and a connection that goes on.</summary>
    public static SpecOutcome Answer(int stream, string? body = null) => new($"an answer on stream {stream}", async client =>
    {
        var response = await client.ResponseAsync(stream);
        Assert.Equal(200, response.Status);
        Assert.Null(response.Reset);
        if (body is not null)
            Assert.Equal(body, response.Body);
        await client.PingAsync(Probe);
        Assert.Null(client.GoneAway);
    });

    /// <summary>A whole answer on that stream, and then the end of a connection that the client has taken leave of.</summary>
    public static SpecOutcome LastAnswer(int stream) => new($"an answer on stream {stream}, then an end in order", async client =>
    {
        Assert.Equal(200, (await client.ResponseAsync(stream)).Status);
        await client.ReadToEndAsync();
        Assert.Equal(Http2Error.NoError, client.GoneAway?.ErrorCode);
        Assert.Equal(StreamEnd.Closed, client.End);
    });

    /// <summary>Nothing comes of it: a PING behind it is answered, and there was neither RST_STREAM nor GOAWAY.</summary>
    public static SpecOutcome Accepted { get; } = new("nothing", async client =>
    {
        await client.PingAsync(Probe);
        Assert.DoesNotContain(client.Received, frame => frame.Type is FrameType.GoAway or FrameType.RstStream);
    });

    /// <summary>An answer on that stream whose first DATA frame has just so many octets.</summary>
    public static SpecOutcome FirstData(int stream, int octets) => new($"DATA of {octets} octets", async client =>
    {
        var data = await client.ReadUntilAsync(frame => frame.Type == FrameType.Data && frame.StreamId == stream, "DATA");
        Assert.Equal(octets, data.Payload.Length);
    });

    public static SpecOutcome SettingsAcknowledged { get; } = new("SETTINGS with ACK", client =>
        client.ReadUntilAsync(frame => frame is { Type: FrameType.Settings, IsAck: true }, "the acknowledgement"));

    /// <summary>The first frame of the server is SETTINGS.</summary>
    public static SpecOutcome Preface { get; } = new("SETTINGS first", async client =>
    {
        var first = await client.NextAsync();
        Assert.True(first is { Type: FrameType.Settings, IsAck: false, StreamId: 0 }, $"{first}");
    });

    public static SpecOutcome PingAnswered(string opaque) => new("PING with ACK", async client =>
    {
        var answer = await client.ReadUntilAsync(frame => frame.Type == FrameType.Ping, "the answer");
        Assert.True(answer.IsAck);
        Assert.Equal(opaque, Wire.Text(answer.Payload));
    });

    /// <summary>The stream, or with it the connection (RFC 9113 5.4), ends with one of these codes.</summary>
    public static SpecOutcome StreamError(int stream, params Http2Error[] codes) => new($"stream error {string.Join(" or ", codes)}", async client =>
    {
        var end = await client.ReadUntilAsync(frame => frame.Type == FrameType.GoAway || (frame.Type == FrameType.RstStream && frame.StreamId == stream), "RST_STREAM");
        Assert.Contains(end.ErrorCode, codes);
        if (end.Type == FrameType.GoAway)
        {
            await client.ReadToEndAsync();
            return;
        }

        // One stream has ended, not the connection.
        await client.PingAsync(Probe);
        Assert.Null(client.GoneAway);
    });

    /// <summary>GOAWAY with one of these codes, then the end of the connection (RFC 9113 5.4.1).</summary>
    public static SpecOutcome ConnectionError(params Http2Error[] codes) => new($"connection error {string.Join(" or ", codes)}", async client =>
    {
        await client.ReadToEndAsync();
        Assert.True(client.GoneAway is not null, $"no GOAWAY: {client}");
        Assert.Contains(client.GoneAway.ErrorCode, codes);
        Assert.True(BinaryPrimitives.ReadInt32BigEndian(client.GoneAway.Payload) >= 0);
    });

    /// <summary>The connection ends; whether a word is said before does not matter.</summary>
    public static SpecOutcome ConnectionClose { get; } = new("the connection's end", client => client.ReadToEndAsync());
}
