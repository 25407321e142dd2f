using static Sluice.Proxy.Tests.Http1.Responses.ResponseVerdict;

namespace Sluice.Proxy.Tests.Http1.Responses;

/// <summary>Field lines of responses (RFC 9112 5): what a gateway must replace or refuse is refused.</summary>
internal static class ResponseFieldCases
{
    private static string Fields(string lines) => $"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n{lines}\r\nok";

    public static IEnumerable<ResponseCase> All { get; } =
    [
        new("field/obs-text", "9110 5.5", Fields("X-A: caf\xe9\r\n"), Passed(), "Octets above 7F are opaque data.") { Reusable = true },
        new("field/obs-fold", "9112 5.2", Fields("X-A: 1\r\n 2\r\n"), Bad, "A gateway must replace or refuse it."),
        new("field/obs-fold-hides-framing", "9112 5.2", Fields("X-A: 1\r\n Transfer-Encoding: chunked\r\n"), Bad, "Folded or a field of its own?"),
        new("field/space-before-colon", "9112 5.1", Fields("X-A : 1\r\n"), Bad, "A gateway must remove it; who wrote it cannot be trusted with framing."),
        new("field/space-before-first", "9112 2.2", "HTTP/1.1 200 OK\r\n X-A: 1\r\nContent-Length: 2\r\n\r\nok", Bad, "White space before the first field."),
        new("field/no-colon", "9112 5", Fields("X-A\r\n"), Bad, "A field line has a colon."),
        new("field/empty-name", "9112 5", Fields(": 1\r\n"), Bad, "A field line has a name."),
        new("field/bad-name", "9110 5.1", Fields("X(A): 1\r\n"), Bad, "A field name is a token."),
        new("field/nul-in-value", "9110 5.5", Fields("X-A: 1\0\r\n"), Bad, "A control character."),
        new("field/delete-in-value", "9110 5.5", Fields("X-A: \x7f\r\n"), Bad, "A control character."),
        new("field/bare-cr-in-value", "9110 5.5", Fields("X-A: 1\rSet-Cookie: a=b\r\n"), Bad, "Taken for a line end it makes a field."),
        new("field/bare-lf-in-value", "9112 2.2", Fields("X-A: 1\nSet-Cookie: a=b\r\n"), Bad, "Taken for a line end it makes a field."),
        new("field/bare-lf-ends-head", "9112 2.2", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\nok", Bad, "Taken for an empty line it ends the head."),
        new("field/too-long", "9110 5.4", Fields($"X-A: {new string('x', 40_000)}\r\n"), Bad, "Above the limit of a head (ProxyLimits.HeadBytes)."),
        new("field/too-many", "9110 5.4", Fields(string.Concat(Enumerable.Repeat("X-A: 1\r\n", 200))), Bad, "Above the limit of field lines (ProxyLimits.FieldCount)."),
        new("field/endless", "9110 5.4", "HTTP/1.1 200 OK\r\nX-A: " + new string('x', 300_000), Bad, "Refused before it ends."),
        new("field/half-head", "9112 8", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n", Bad, "The backend left in the middle of the head.") { Ends = true },
        new("field/connection-not-a-token", "9110 7.6.1", Fields("Connection: \"close\"\r\n"), Bad, "Options are tokens."),
    ];
}
