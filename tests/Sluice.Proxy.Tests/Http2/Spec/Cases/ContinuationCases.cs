using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http2.Spec.SpecOutcome;
using static Sluice.Proxy.Tests.Http2.Support.Make;

namespace Sluice.Proxy.Tests.Http2.Spec.Cases;

/// <summary>CONTINUATION only goes on where a field block has not ended (RFC 9113 6.10).</summary>
internal static class ContinuationCases
{
    private static readonly byte[] Block = FieldBlock.Request("GET", "/");

    private static readonly byte[] More = FieldBlock.Of(("x-a", "1"));

    public static IEnumerable<SpecCase> All { get; } =
    [
        new("http2/6.10", "several CONTINUATION frames after HEADERS", [Headers(1, Block, EndStream), Continuation(1, More, 0), Continuation(1, More)], Answer(1)),
        new("http2/6.10", "another frame before the field block has ended", [Headers(1, Block, EndStream), Continuation(1, More, 0), Data(1, "test")], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.10", "CONTINUATION on stream 0", [Headers(1, Block, EndStream), Continuation(0, More)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.10", "CONTINUATION after HEADERS with END_HEADERS", [Post(1), Continuation(1, More)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.10", "CONTINUATION after CONTINUATION with END_HEADERS", [Headers(1, Block, 0), Continuation(1, More), Continuation(1, More)], ConnectionError(Http2Error.ProtocolError)),
        new("http2/6.10", "CONTINUATION after DATA", [Post(1), Data(1, "test", 0), Continuation(1, More)], ConnectionError(Http2Error.ProtocolError)),
    ];
}
