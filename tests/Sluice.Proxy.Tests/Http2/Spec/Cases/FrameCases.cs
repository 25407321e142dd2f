using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http2.Spec.SpecOutcome;
using static Sluice.Proxy.Tests.Http2.Spec.SpecStep;
using static Sluice.Proxy.Tests.Http2.Support.Make;

namespace Sluice.Proxy.Tests.Http2.Spec.Cases;

/// <summary>Frames of each type on the wrong stream or of the wrong size (RFC 9113 6.1 to 6.8 and 7).</summary>
internal static class FrameCases
{
    private const Http2Error UnknownCode = (Http2Error)0xff;

    private static readonly byte[] Block = FieldBlock.Request("GET", "/");

    public static IEnumerable<SpecCase> All { get; } =
    [
        new("http2/6.1", "DATA on stream 0", [Data(0, "test")], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.1", "DATA on a stream that has ended", [Get(1), Answered(1), Data(1, "test")], StreamError(1, Http2Error.StreamClosed)),
        new("http2/6.1", "DATA with more padding than payload", [Post(1), ClaimingPadding(Data(1, "test"), 6)], ConnectionError(Http2Error.ProtocolError)),

        new("http2/6.2", "PRIORITY between HEADERS and CONTINUATION", [Headers(1, Block, EndStream), Priority(1), Continuation(1, [])], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.2", "HEADERS of another stream between HEADERS and CONTINUATION", [Headers(1, Block, EndStream), Get(3)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.2", "HEADERS on stream 0", [Get(0)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.2", "HEADERS with more padding than payload", [ClaimingPadding(Get(1), Block.Length + 2)], ConnectionError(Http2Error.ProtocolError)),

        new("http2/6.3", "PRIORITY on stream 0", [Priority(0)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.3", "PRIORITY of other than five octets", [Post(1), Priority(1).WithPayload("four")], StreamError(1, Http2Error.FrameSizeError)),

        new("http2/6.4", "RST_STREAM on stream 0", [RstStream(0)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.4", "RST_STREAM on an idle stream", [RstStream(1)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.4", "RST_STREAM of other than four octets", [Post(1), RstStream(1).WithPayload("six666")], ConnectionError(Http2Error.FrameSizeError)),

        new("http2/6.7", "PING is answered", [Ping("question")], PingAnswered("question")),
        new("http2/6.7", "an answer to PING is not answered", [Ping("unasked.", FrameFlags.Ack), Ping("asked...")], PingAnswered("asked...")),
        new("http2/6.7", "PING on a stream", [Ping() with { StreamId = 1 }], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.7", "PING of other than eight octets", [Ping("six666")], ConnectionError(Http2Error.FrameSizeError)),

        new("http2/6.8", "GOAWAY on a stream", [GoAway() with { StreamId = 1 }], ConnectionError(Http2Error.ProtocolError)),

        new("http2/7", "GOAWAY with an unknown code means no more than its like", [GoAway(0, UnknownCode), Get(1)], LastAnswer(1)),
        new("http2/7", "RST_STREAM with an unknown code means no more than its like", [Post(1), RstStream(1, UnknownCode), Get(3)], Answer(3)),
    ];
}
