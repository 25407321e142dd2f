using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>:method becomes the first word of a request line (RFC 9113 8.3.1, RFC 9112 3.1).</summary>
internal static class MethodCases
{
    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("method/request-line", "9113 8.3.1", Method("GET /admin HTTP/1.1"), Malformed,
            "Written into a request line it is another request."),
        new("method/two-lines", "9113 8.3.1", Method("GET / HTTP/1.1\r\nHost: a.test\r\n\r\nGET /admin HTTP/1.1\r\nX: "), Malformed,
            "Written into a request line it is two requests."),
        new("method/space", "9110 9.1", Method("GET "), Malformed,
            "A method is a token."),
        new("method/tab", "9110 9.1", Method("GET\t/admin"), Malformed,
            "White space to those who split at any."),
        new("method/cr-lf", "9110 9.1", Method("GET\r\n"), Malformed,
            "A method is a token."),
        new("method/lf", "9110 9.1", Method("\nGET"), Malformed,
            "An empty line before a request is skipped by many."),
        new("method/nul", "9110 9.1", Method("GET\0"), Malformed,
            "Who reads C strings sees GET."),
        new("method/empty", "9110 9.1", Method(""), Malformed,
            "A method has a letter."),
        new("method/non-ascii", "9110 9.1", Method("G\xc4T"), Malformed,
            "A method is a token."),
        new("method/colon", "9110 9.1", Method("GET:"), Malformed,
            "A method is a token."),
        new("method/lower-case", "9110 9.1", Method("get"), Forwarded(SeenGet() with { Method = "get" }),
            "Methods are case-sensitive: an unknown one, passed on as it is."),
        new("method/unknown", "9110 9.1", Method("BREW"), Forwarded(SeenGet() with { Method = "BREW" }),
            "Any token may be a method."),
        new("method/pri", "9113 3.4", Method("PRI"), Forwarded(SeenGet() with { Method = "PRI" }),
            "No preface in this place: its target and version are missing."),
    ];
}
