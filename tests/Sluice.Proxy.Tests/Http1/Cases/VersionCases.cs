using static Sluice.Proxy.Tests.Http1.Cases.Message;
using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http1.Cases.Verdict;

namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>HTTP-version and what depends on it (RFC 9112 2.3, RFC 9110 2.5 and 6.2).</summary>
internal static class VersionCases
{
    public static IEnumerable<MessageCase> All { get; } =
    [
        new("version/1.0", "9110 6.2", Line("GET / HTTP/1.0"), Forwarded(SeenGet()).ThenClosed(),
            "Forwarded as HTTP/1.1; the connection ends after the response."),
        new("version/1.0-keep-alive", "9112 C.2.2", "GET / HTTP/1.0\r\nHost: a.test\r\nConnection: keep-alive\r\n\r\n", Forwarded(SeenGet().With("Keep-Alive", null)),
            "Persistent connections of HTTP/1.0 are asked for."),
        new("version/1.0-without-host", "9112 3.2", "GET / HTTP/1.0\r\n\r\n", Answered(404).ThenClosed(),
            "HTTP/1.0 knows requests without Host: they reach only routes that take every host, and here is none."),
        new("version/1.0-chunked", "9112 6.1", "POST / HTTP/1.0\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", Refused(400),
            "HTTP/1.0 has no transfer codings; somebody on the way did not understand the framing."),
        new("version/1.0-expect", "9110 10.1.1", "POST / HTTP/1.0\r\nHost: a.test\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok", Forwarded(SeenPost("ok")).ThenClosed(),
            "HTTP/1.0 clients do not know interim responses: the expectation is ignored."),
        new("version/1.2", "9110 2.5", Line("GET / HTTP/1.2"), Refused(505),
            "No HTTP/1.2 was ever defined: who says it speaks something that nobody can promise to understand."),
        new("version/1.10", "9112 2.3", Line("GET / HTTP/1.10"), Refused(400),
            "One digit on either side of the dot."),
        new("version/0.9", "9112 2.3", Line("GET / HTTP/0.9"), Refused(505),
            "HTTP/0.9 had no version in its request line."),
        new("version/none", "9112 2.3", "GET /\r\n\r\n", Refused(400),
            "HTTP/0.9: a response without status or framing would be the answer."),
        new("version/none-with-fields", "9112 2.3", Line("GET /"), Refused(400),
            "Neither HTTP/0.9 nor 1.1."),
        new("version/2.0", "9110 2.5", Line("GET / HTTP/2.0"), Refused(505),
            "HTTP/2 is not spoken in text."),
        new("version/3.0", "9110 2.5", Line("GET / HTTP/3.0"), Refused(505),
            "HTTP/3 is not spoken in text."),
        new("version/lower-case", "9112 2.3", Line("GET / http/1.1"), Refused(400),
            "The version is case-sensitive."),
        new("version/no-minor", "9112 2.3", Line("GET / HTTP/1"), Refused(400),
            "The minor version is not optional."),
        new("version/comma", "9112 2.3", Line("GET / HTTP/1,1"), Refused(400),
            "Dot, not comma."),
        new("version/leading-zero", "9112 2.3", Line("GET / HTTP/01.1"), Refused(400),
            "One digit on either side of the dot."),
        new("version/space-in-version", "9112 2.3", Line("GET / HTTP/1. 1"), Refused(400),
            "No white space inside."),
        new("version/other-protocol", "9112 2.3", Line("GET / HTTPS/1.1"), Refused(400),
            "The name is HTTP."),
        new("version/letters", "9112 2.3", Line("GET / HTTP/x.y"), Refused(400),
            "Digits only."),
        new("version/http2-almost-preface", "9113 3.4", Line("PRI * HTTP/2.0"), Refused(505),
            "Only the whole preface of HTTP/2 makes a connection one of HTTP/2."),
    ];
}
