using static Sluice.Proxy.Tests.Http1.Cases.Message;
using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http1.Cases.Verdict;

namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>Trailer sections: fields after the last chunk (RFC 9112 7.1.2, RFC 9110 6.5).</summary>
internal static class TrailerCases
{
    private static string Trailer(string lines) => Chunked($"2\r\nok\r\n0\r\n{lines}\r\n");

    public static IEnumerable<MessageCase> All { get; } =
    [
        new("trailer/plain", "9112 7.1.2", Trailer("X-Sum: 1\r\nX-More: 2\r\n"), Forwarded(SeenPost("ok") with { Trailers = "X-Sum: 1; X-More: 2" }),
            "Trailers pass as trailers, never as header fields."),
        new("trailer/content-length", "9110 6.5.1", Trailer("Content-Length: 5\r\n"), Refused(400),
            "Framing comes first or not at all: who merges trailers into the head frames anew."),
        new("trailer/transfer-encoding", "9110 6.5.1", Trailer("Transfer-Encoding: chunked\r\n"), Refused(400),
            "Framing comes first or not at all."),
        new("trailer/host", "9110 6.5.1", Trailer("Host: b.test\r\n"), Refused(400),
            "Routing comes first or not at all."),
        new("trailer/no-colon", "9112 5", Trailer("X-Sum\r\n"), Refused(400),
            "Trailers are field lines."),
        new("trailer/empty-name", "9112 5", Trailer(": 1\r\n"), Refused(400),
            "Trailers are field lines."),
        new("trailer/space-before-colon", "9112 5.1", Trailer("X-Sum : 1\r\n"), Refused(400),
            "Trailers are field lines."),
        new("trailer/obs-fold", "9112 5.2", Trailer("X-Sum: 1\r\n 2\r\n"), Refused(400),
            "A line folding."),
        new("trailer/bare-lf", "9112 2.2", Trailer("X-Sum: 1\n"), Refused(400),
            "Lines end with CRLF."),
        new("trailer/bare-cr", "9112 2.2", Trailer("X-Sum: 1\rX-More: 2\r\n"), Refused(400),
            "A bare CR."),
        new("trailer/nul", "9110 5.5", Trailer("X-Sum: \0\r\n"), Refused(400),
            "A control character."),
        new("trailer/request-line", "9112 7.1.2", Chunked("2\r\nok\r\n0\r\nGET /admin HTTP/1.1\r\nHost: a.test\r\n\r\n"), Refused(400),
            "Who stops at the last chunk without its empty line takes the rest for a request."),
        new("trailer/too-long", "9112 7.1.2", Trailer($"X-Sum: {new string('x', 20_000)}\r\n"), Refused(431),
            "Trailers have a limit of their own (ProxyLimits.TrailerBytes)."),
        new("trailer/truncated", "9112 8", Chunked("2\r\nok\r\n0\r\nX-Sum: 1\r\n"), Closed,
            "The empty line is missing: not complete.") { Truncated = true },
    ];
}
