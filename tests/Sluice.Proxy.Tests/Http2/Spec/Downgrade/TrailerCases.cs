using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>Trailers: fields behind a body, without pseudo-fields, framing and routing (RFC 9113 8.1, RFC 9110 6.5.1).</summary>
internal static class TrailerCases
{
    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("trailer/plain", "9113 8.1", Trailers(("x-sum", "1"), ("x-more", "2")), Forwarded(SeenPost("ok") with { Trailers = "x-sum: 1; x-more: 2" }),
            "Trailers pass as trailers, never as header fields."),
        new("trailer/without-end", "9113 8.1", [Make.Post(1), Make.Data(1, "ok", 0), Make.Headers(1, FieldBlock.Of(("x-sum", "1")), Make.EndHeaders)], Malformed,
            "Nothing comes behind trailers."),
        new("trailer/second-head", "9113 8.1", [Make.Post(1), Make.Headers(1, FieldBlock.Request("GET", "/admin"))], Malformed,
            "A second head on a stream would be a second request."),
        new("trailer/method", "9113 8.1", Trailers((":method", "GET")), Malformed,
            "No pseudo-fields in trailers."),
        new("trailer/path", "9113 8.1", Trailers((":path", "/admin")), Malformed,
            "No pseudo-fields in trailers."),
        new("trailer/authority", "9113 8.1", Trailers(("x-sum", "1"), (":authority", "b.test")), Malformed,
            "No pseudo-fields in trailers."),
        new("trailer/status", "9113 8.1", Trailers((":status", "200")), Malformed,
            "No pseudo-fields in trailers."),
        new("trailer/cr-lf", "9113 8.2.1", Trailers(("x-sum", "1\r\n\r\nGET /admin HTTP/1.1\r\nHost: a.test\r\n")), Malformed,
            "Written behind the last chunk it is a request."),
        new("trailer/lf-in-name", "9113 8.2.1", Trailers(("x\ny", "1")), Malformed,
            "A field name is a token."),
        new("trailer/upper-case", "9113 8.2.1", Trailers(("X-Sum", "1")), Malformed,
            "Names are in lower case."),
        new("trailer/content-length", "9110 6.5.1", Trailers(("content-length", "5")), Malformed,
            "Framing comes first or not at all."),
        new("trailer/transfer-encoding", "9113 8.2.2", Trailers(("transfer-encoding", "chunked")), Malformed,
            "Framing comes first or not at all."),
        new("trailer/host", "9110 6.5.1", Trailers(("host", "b.test")), Malformed,
            "Routing comes first or not at all."),
        new("trailer/connection", "9113 8.2.2", Trailers(("connection", "close")), Malformed,
            "HTTP/2 has no fields of a connection."),
        new("trailer/too-long", "6585 5", Trailers(("x-sum", new string('x', 10_000))), Malformed,
            "Trailers have a limit of their own (ProxyLimits.TrailerBytes)."),
        new("trailer/without-body", "9113 8.1", [Make.Post(1), Make.Headers(1, FieldBlock.Of(("x-sum", "1")))], Forwarded(SeenPost("") with { Trailers = "x-sum: 1" }),
            "A body of no octets, then trailers."),
    ];
}
