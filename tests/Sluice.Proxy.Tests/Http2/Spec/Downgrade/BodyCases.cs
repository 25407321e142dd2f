using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>Bodies without a length become chunked, whatever their octets look like (RFC 9112 7.1).</summary>
internal static class BodyCases
{
    private const string Chunks = "0\r\n\r\nGET /admin HTTP/1.1\r\nHost: a.test\r\n\r\n";

    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("body/looks-like-chunks", "9112 7.1", Post(Chunks), Forwarded(SeenPost(Chunks).With("Transfer-Encoding", "chunked")),
            "Octets of a body are only octets."),
        new("body/looks-like-a-request", "9112 6", Post("\r\n\r\nGET /admin HTTP/1.1\r\nHost: a.test\r\n\r\n"), Forwarded(SeenPost("\r\n\r\nGET /admin HTTP/1.1\r\nHost: a.test\r\n\r\n")),
            "Octets of a body are only octets."),
        new("body/empty-frames", "9113 6.1", [Make.Post(1), Make.Data(1, "", 0), Make.Data(1, "ok", 0), Make.Data(1, "", 0), Make.Data(1, "")], Forwarded(SeenPost("ok")),
            "An empty frame is no last chunk."),
        new("body/empty", "9113 8.1", [Make.Post(1), Make.Data(1, "")], Forwarded(SeenPost("")),
            "A body of no octets."),
        new("body/of-get", "9110 9.3.1", [Make.Headers(1, FieldBlock.Request("GET", "/"), Make.EndHeaders), Make.Data(1, "ok")], Forwarded(SeenGet() with { Body = "ok" }),
            "Framed like any other: a backend that does not expect it does not take it for a request."),
        new("body/of-head", "9110 9.3.2", [Make.Headers(1, FieldBlock.Request("HEAD", "/"), Make.EndHeaders), Make.Data(1, "ok")], Forwarded(SeenGet() with { Method = "HEAD", Body = "ok" }),
            "Framed like any other."),
        new("body/padding-too-long", "9113 6.1", [Make.Post(1), Make.ClaimingPadding(Make.Data(1, "ok"), 200)], Ends(Http2Error.ProtocolError),
            "Where the content ends is not known."),
        new("body/no-end", "9113 8.1", [Make.Post(1), Make.Data(1, "ok", 0), Make.RstStream(1)], GivenUp,
            "A request that the client has given up: its backend must not take it for whole."),
    ];
}
