using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>content-length against what comes as DATA (RFC 9113 8.1.1): HTTP/2 does not need it, HTTP/1.1 believes it.</summary>
internal static class LengthCases
{
    private const string Second = "GET /admin HTTP/1.1\r\nHost: a.test\r\n\r\n";

    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("length/zero-with-body", "9113 8.1.1", Post(Second, ("content-length", "0")), Malformed,
            "H2.CL: passed on, the body is a request of its own.") { Announced = SeenPost("") },
        new("length/shorter-than-body", "9113 8.1.1", Post("ok" + Second, ("content-length", "2")), Malformed,
            "H2.CL: passed on, the rest of the body is a request of its own."),
        new("length/complete-then-more", "9113 8.1.1", [Make.Post(1, "/", ("content-length", "2")), Make.Data(1, "ok", 0), Make.Data(1, Second)], Malformed,
            "H2.CL behind a body that was complete.") { Announced = SeenPost("ok") },
        new("length/longer-than-body", "9113 8.1.1", Post("ok", ("content-length", "40")), Malformed,
            "Passed on, the next request on that connection becomes a part of this one."),
        new("length/without-body", "9113 8.1.1", Get(("content-length", "40")), Malformed,
            "Passed on, the next request on that connection becomes the body of this one."),
        new("length/zero-without-body", "9110 8.6", Get(("content-length", "0")), Forwarded(SeenGet().With("Content-Length", "0")),
            "Nothing announced, nothing sent."),
        new("length/equal", "9113 8.1.1", Post("ok", ("content-length", "2")), Forwarded(SeenPost("ok").With("Content-Length", "2")),
            "As it should be."),
        new("length/equal-in-pieces", "9113 8.1.1", [Make.Post(1, "/", ("content-length", "4")), Make.Data(1, "o", 0), Make.Data(1, "kok", 0), Make.Data(1, "")],
            Forwarded(SeenPost("okok").With("Content-Length", "4")),
            "The sum counts."),
        new("length/pieces-too-long", "9113 8.1.1", [Make.Post(1, "/", ("content-length", "4")), Make.Data(1, "ok", 0), Make.Data(1, "ok" + Second)], Malformed,
            "H2.CL in two frames."),
        new("length/pieces-too-short", "9113 8.1.1", [Make.Post(1, "/", ("content-length", "5")), Make.Data(1, "ok", 0), Make.Data(1, "ok")], Malformed,
            "The end comes before the length is reached."),
        new("length/too-short-before-trailers", "9113 8.1.1", [Make.Post(1, "/", ("content-length", "5")), Make.Data(1, "ok", 0), Make.Headers(1, FieldBlock.Of(("x-sum", "1")))], Malformed,
            "Trailers end a message as well as DATA does."),
        new("length/equal-with-padding", "9113 6.1", [Make.Post(1, "/", ("content-length", "2")), Make.Padded(Make.Data(1, "ok"), 10)], Forwarded(SeenPost("ok")),
            "Padding is no part of the content."),
        new("length/only-padding", "9113 6.1", [Make.Post(1, "/", ("content-length", "10")), Make.Padded(Make.Data(1, ""), 10)], Malformed,
            "Padding is no part of the content."),
        new("length/trailers-with-length", "9113 8.1.1", [Make.Post(1, "/", ("content-length", "2")), Make.Data(1, "ok", 0), Make.Headers(1, FieldBlock.Of(("x-sum", "1")))],
            Forwarded(SeenPost("ok").With("Content-Length", "2")),
            "HTTP/1.1 has no trailers behind a length: they are dropped, which RFC 9110 6.5.1 allows."),
        new("length/twice-same", "9110 8.6", Post("ok", ("content-length", "2"), ("content-length", "2")), Malformed,
            "More than one is refused, also when they agree."),
        new("length/twice-different", "9110 8.6", Post("ok", ("content-length", "2"), ("content-length", "0")), Malformed,
            "One would frame here, the other there."),
        new("length/list", "9110 8.6", Post("ok", ("content-length", "2, 2")), Malformed,
            "One number."),
        new("length/signed", "9110 8.6", Post("ok", ("content-length", "+2")), Malformed,
            "Digits only."),
        new("length/negative", "9110 8.6", Post("ok", ("content-length", "-2")), Malformed,
            "Digits only."),
        new("length/hexadecimal", "9110 8.6", Post("ok", ("content-length", "0x2")), Malformed,
            "Digits only."),
        new("length/empty", "9110 8.6", Post("ok", ("content-length", "")), Malformed,
            "One number."),
        new("length/overflow", "9110 8.6", Post("ok", ("content-length", "18446744073709551618")), Malformed,
            "2^64 + 2 would wrap around to 2."),
        new("length/leading-zeros", "9110 8.6", Post("ok", ("content-length", "002")), Forwarded(SeenPost("ok").With("Content-Length", "2")),
            "A number all the same; written anew without them."),
        new("length/cr-lf", "9113 8.2.1", Post("ok", ("content-length", "2\r\nTransfer-Encoding: chunked")), Malformed,
            "Written into a line it makes two framings."),
    ];
}
