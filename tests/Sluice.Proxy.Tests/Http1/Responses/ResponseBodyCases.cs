using static Sluice.Proxy.Tests.Http1.Responses.ResponseVerdict;

namespace Sluice.Proxy.Tests.Http1.Responses;

/// <summary>Response bodies that end too early, too late, or in chunks that are none (RFC 9112 7.1 and 8).</summary>
internal static class ResponseBodyCases
{
    private static string Length(string body) => $"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n{body}";

    private static string Chunked(string chunks) => $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{chunks}";

    public static IEnumerable<ResponseCase> All { get; } =
    [
        new("body/short", "9112 8", Length("ok"), Cut("ok"), "Not complete, and the client must see it.") { Ends = true },
        new("body/none", "9112 8", Length(""), Cut(), "Not complete, and the client must see it.") { Ends = true },
        new("body/long", "9112 9.2", Length("okokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"), Passed("okok"), "What comes behind a response answers no request."),
        new("body/garbage-behind", "9112 9.2", Length("okok\r\n"), Passed("okok"), "What comes behind a response answers no request."),
        new("body/garbage-behind-chunks", "9112 9.2", Chunked("2\r\nok\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"), Passed(), "What comes behind a response answers no request."),
        new("body/chunk-extension", "9112 7.1.1", Chunked("2;a=b\r\nok\r\n0\r\n\r\n"), Passed(), "Extensions are for this hop only.") { Reusable = true },
        new("body/chunk-trailer", "9112 7.1.2", Chunked("2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n"), Passed(), "Trailers pass.") { Reusable = true },
        new("body/chunk-size-letters", "9112 7.1", Chunked("xyz\r\nok\r\n0\r\n\r\n"), Cut(), "Hex digits only."),
        new("body/chunk-size-prefix", "9112 7.1", Chunked("0x2\r\nok\r\n0\r\n\r\n"), Cut(), "Hex digits only."),
        new("body/chunk-size-minus", "9112 7.1", Chunked("-2\r\nok\r\n0\r\n\r\n"), Cut(), "Hex digits only."),
        new("body/chunk-size-overflow", "9112 7.1", Chunked("10000000000000002\r\nok\r\n0\r\n\r\n"), Cut(), "Wraps around to 2."),
        new("body/chunk-size-missing", "9112 7.1", Chunked("\r\nok\r\n0\r\n\r\n"), Cut(), "A chunk has a size."),
        new("body/chunk-size-space", "9112 7.1", Chunked("2 \r\nok\r\n0\r\n\r\n"), Cut(), "Nothing but an extension after the size."),
        new("body/chunk-line-bare-lf", "9112 7.1", Chunked("2\nok\r\n0\r\n\r\n"), Cut(), "Lines end with CRLF."),
        new("body/chunk-data-longer", "9112 7.1", Chunked("2\r\nokay\r\n0\r\n\r\n"), Cut("ok"), "After the data comes CRLF."),
        new("body/chunk-data-bare-lf", "9112 7.1", Chunked("2\r\nok\n0\r\n\r\n"), Cut("ok"), "After the data comes CRLF."),
        new("body/chunk-second-bad", "9112 7.1", Chunked("2\r\nok\r\n?\r\nno\r\n0\r\n\r\n"), Cut("ok"), "The first has gone out already: only the end of the connection can tell."),
        new("body/chunk-extension-endless", "9112 7.1.1", Chunked("2;" + new string('x', 20_000)), Cut(), "Extensions have a limit."),
        new("body/chunk-end-missing", "9112 8", Chunked("2\r\nok\r\n"), Cut("ok"), "Not complete, and the client must see it.") { Ends = true },
        new("body/chunk-end-half", "9112 8", Chunked("2\r\nok\r\n0\r\n"), Cut("ok"), "Not complete, and the client must see it.") { Ends = true },
        new("body/trailer-content-length", "9110 6.5.1", Chunked("2\r\nok\r\n0\r\nContent-Length: 4\r\n\r\n"), Cut("ok"), "Framing comes first or not at all."),
        new("body/trailer-obs-fold", "9112 5.2", Chunked("2\r\nok\r\n0\r\nX-Sum: 1\r\n 2\r\n\r\n"), Cut("ok"), "A line folding."),
        new("body/trailer-too-long", "9112 7.1.2", Chunked($"2\r\nok\r\n0\r\nX-Sum: {new string('x', 20_000)}\r\n\r\n"), Cut("ok"), "Trailers have a limit (ProxyLimits.TrailerBytes)."),
    ];
}
