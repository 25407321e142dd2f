using static Sluice.Proxy.Tests.Http1.Responses.ResponseVerdict;

namespace Sluice.Proxy.Tests.Http1.Responses;

/// <summary>How responses are framed (RFC 9112 6.3): where one is read otherwise than its backend meant, the next client gets its rest.</summary>
internal static class ResponseFramingCases
{
    private const string Chunks = "2\r\nok\r\n0\r\n\r\n";

    private static string Framed(string fields, string body = "ok") => $"HTTP/1.1 200 OK\r\n{fields}\r\n{body}";

    public static IEnumerable<ResponseCase> All { get; } =
    [
        new("framing/chunked", "9112 7.1", Framed("Transfer-Encoding: chunked\r\n", Chunks), Passed(), "The yardstick.") { Reusable = true },
        new("framing/none", "9112 6.3", Framed(""), Passed(), "Ends with the connection.") { Ends = true },
        new("framing/content-length-zero", "9112 6.3", Framed("Content-Length: 0\r\n", ""), Passed(""), "An empty body.") { Reusable = true },
        new("framing/http10-length", "9112 9.3", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", Passed(), "HTTP/1.0 connections end unless kept alive."),
        new("framing/http10-keep-alive", "9112 9.3", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok", Passed(), "Kept alive.") { Reusable = true },
        new("framing/connection-close", "9112 9.6", Framed("Content-Length: 2\r\nConnection: close\r\n"), Passed(), "The backend will close: nothing more is sent to it."),
        new("framing/length-then-chunked", "9112 6.3", Framed("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", Chunks), Bad, "Response splitting by two framings."),
        new("framing/chunked-then-length", "9112 6.3", Framed("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", Chunks), Bad, "Response splitting by two framings."),
        new("framing/length-twice-same", "9110 8.6", Framed("Content-Length: 2\r\nContent-Length: 2\r\n"), Bad, "A gateway may refuse it."),
        new("framing/length-twice-different", "9112 6.3", Framed("Content-Length: 2\r\nContent-Length: 4\r\n"), Bad, "A gateway must refuse it."),
        new("framing/length-list", "9110 8.6", Framed("Content-Length: 2, 2\r\n"), Bad, "A gateway may refuse it."),
        new("framing/length-plus", "9110 8.6", Framed("Content-Length: +2\r\n"), Bad, "Digits only."),
        new("framing/length-minus", "9110 8.6", Framed("Content-Length: -2\r\n"), Bad, "Digits only."),
        new("framing/length-letters", "9110 8.6", Framed("Content-Length: two\r\n"), Bad, "Digits only."),
        new("framing/length-empty", "9110 8.6", Framed("Content-Length:\r\n"), Bad, "Digits only."),
        new("framing/length-overflow", "9110 8.6", Framed("Content-Length: 18446744073709551618\r\n"), Bad, "Wraps around to 2."),
        new("framing/gzip", "9112 6.1", Framed("Transfer-Encoding: gzip\r\n"), Bad, "A coding that nobody asked for."),
        new("framing/gzip-chunked", "9112 6.1", Framed("Transfer-Encoding: gzip, chunked\r\n", Chunks), Bad, "A coding that nobody asked for."),
        new("framing/chunked-twice", "9112 6.1", Framed("Transfer-Encoding: chunked, chunked\r\n", Chunks), Bad, "Chunked must not be applied twice."),
        new("framing/chunked-two-lines", "9112 6.1", Framed("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", Chunks), Bad, "Chunked must not be applied twice."),
        new("framing/xchunked", "9112 6.3", Framed("Transfer-Encoding: xchunked\r\n", Chunks), Bad, "Another coding."),
        new("framing/identity", "9112 6.3", Framed("Transfer-Encoding: identity\r\n"), Bad, "There is no such coding."),
        new("framing/chunked-http10", "9112 6.1", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunks, Bad, "HTTP/1.0 has no transfer codings."),
        new("framing/head-with-body", "9110 9.3.2", Framed("Content-Length: 2\r\n"), Passed(""), "A response to HEAD has no body: what comes is nobody's.") { Method = "HEAD" },
        new("framing/head-chunked-with-body", "9110 9.3.2", Framed("Transfer-Encoding: chunked\r\n", Chunks), Passed(""), "A response to HEAD has no body: what comes is nobody's.") { Method = "HEAD" },
        new("framing/204-with-body", "9110 15.3.5", "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok", Passed("", 204), "204 has no body: what comes is nobody's."),
        new("framing/204-with-chunks", "9110 15.3.5", "HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n" + Chunks, Passed("", 204), "204 has no body: what comes is nobody's."),
        new("framing/304-with-body", "9110 15.4.5", "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\nok", Passed("", 304), "304 has no body: what comes is nobody's."),
        new("framing/interim-with-body", "9110 15.2", "HTTP/1.1 103 Early Hints\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", Bad, "Interim responses have no body: what comes is no status line."),
        new("framing/interim-then-final", "9110 15.2", "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", Passed(), "The yardstick.") { Reusable = true },
        new("framing/interim-then-nothing", "9110 15.2", "HTTP/1.1 103 Early Hints\r\n\r\n", Bad, "No final response.") { Ends = true },
        new("framing/102-without-end", "9110 15.2", string.Concat(Enumerable.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 1000)), Bad, "Interim responses have a limit."),
        new("framing/101-unasked", "9110 15.2.2", "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", Bad, "Nobody asked for another protocol."),
    ];
}
