using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http2.Spec.SpecOutcome;
using static Sluice.Proxy.Tests.Http2.Spec.SpecStep;
using static Sluice.Proxy.Tests.Http2.Support.Make;

namespace Sluice.Proxy.Tests.Http2.Spec.Cases;

/// <summary>Frames in states of a stream that do not have them, numbers of streams and how many there are (RFC 9113 5.1).</summary>
internal static class StreamStateCases
{
    /// <summary>Keeps an answered stream half-closed: its answer does not fit into the window.</summary>
    private static readonly (SettingId, uint)[] NoWindow = [(SettingId.InitialWindowSize, 0)];

    private static readonly byte[] Block = FieldBlock.Request("GET", "/");

    private static readonly byte[] Fields = FieldBlock.Of(("x-a", "1"));

    public static IEnumerable<SpecCase> All { get; } =
    [
        new("http2/5.1", "DATA on an idle stream", [Data(1, "test")], ConnectionError(Http2Error.ProtocolError)),
        new("http2/5.1", "RST_STREAM on an idle stream", [RstStream(1)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/5.1", "WINDOW_UPDATE on an idle stream", [WindowUpdate(1, 100)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/5.1", "CONTINUATION on an idle stream", [Continuation(1, Block)], ConnectionError(Http2Error.ProtocolError)),

        new("http2/5.1", "DATA on a half-closed stream", [Get(1), Data(1, "test")], StreamError(1, Http2Error.StreamClosed)) { Settings = NoWindow },
        new("http2/5.1", "HEADERS on a half-closed stream", [Get(1), Get(1)], StreamError(1, Http2Error.StreamClosed)) { Settings = NoWindow },
        new("http2/5.1", "CONTINUATION on a half-closed stream", [Get(1), Continuation(1, Block)], StreamError(1, Http2Error.StreamClosed, Http2Error.ProtocolError)) { Settings = NoWindow },

        new("http2/5.1", "DATA on a stream that the client has reset", [Post(1), RstStream(1), Data(1, "test")], StreamError(1, Http2Error.StreamClosed)),
        new("http2/5.1", "HEADERS on a stream that the client has reset", [Post(1), RstStream(1), Get(1)], StreamError(1, Http2Error.StreamClosed)),
        new("http2/5.1", "CONTINUATION on a stream that the client has reset", [Post(1), RstStream(1), Continuation(1, Fields)], StreamError(1, Http2Error.StreamClosed, Http2Error.ProtocolError)),

        new("http2/5.1", "DATA on a stream that has ended on both sides", [Get(1), Answered(1), Data(1, "test")], ConnectionError(Http2Error.StreamClosed)),
        new("http2/5.1", "HEADERS on a stream that has ended on both sides", [Get(1), Answered(1), Get(1)], ConnectionError(Http2Error.StreamClosed)),
        new("http2/5.1", "CONTINUATION on a stream that has ended on both sides", [Get(1), Answered(1), Continuation(1, Fields)], ConnectionError(Http2Error.StreamClosed, Http2Error.ProtocolError)),

        new("http2/5.1.1", "a stream with an even number", [Get(2)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/5.1.1", "a stream with a lower number than one before", [Get(5), Get(3)], ConnectionError(Http2Error.ProtocolError)),

        new("http2/5.1.2", "more streams at a time than the server allows", [new(OpenTooManyAsync)], new("a refused stream", ExpectRefusalAsync)),
    ];

    private static Task OpenTooManyAsync(Http2Client client)
    {
        var allowed = (int)client.ServerSettings[SettingId.MaxConcurrentStreams];
        return client.SendAsync(Enumerable.Range(0, allowed + 1).Select(i => Post(2 * i + 1)));
    }

    /// <summary>REFUSED_STREAM is the friendly one of the two codes: the client may try again (RFC 9113 5.1.2).</summary>
    private static async Task ExpectRefusalAsync(Http2Client client)
    {
        var last = 2 * (int)client.ServerSettings[SettingId.MaxConcurrentStreams] + 1;
        var refusal = await client.ReadUntilAsync(frame => frame.Type is FrameType.RstStream or FrameType.GoAway, "a refusal");
        Assert.Equal((FrameType.RstStream, last, Http2Error.RefusedStream), (refusal.Type, refusal.StreamId, refusal.ErrorCode));

        // The streams before it are served.
        await client.SendAsync([Data(1, "ok")]);
        Assert.Equal(200, (await client.ResponseAsync(1)).Status);
    }
}
