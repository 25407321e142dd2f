using static Sluice.Proxy.Tests.Http1.Responses.ResponseVerdict;

namespace Sluice.Proxy.Tests.Http1.Responses;

/// <summary>Status lines (RFC 9112 4).</summary>
internal static class StatusLineCases
{
    private static string Line(string line) => $"{line}\r\nContent-Length: 2\r\n\r\nok";

    public static IEnumerable<ResponseCase> All { get; } =
    [
        new("status-line/plain", "9112 4", Line("HTTP/1.1 200 OK"), Passed(), "The yardstick.") { Reusable = true },
        new("status-line/empty-reason", "9112 4", Line("HTTP/1.1 200 "), Passed(), "A reason may be empty.") { Reusable = true },
        new("status-line/no-reason", "9112 4", Line("HTTP/1.1 200"), Passed(), "Its space is often forgotten, and means nothing.") { Reusable = true },
        new("status-line/reason-of-octets", "9112 4", Line("HTTP/1.1 200 \xc3\xa9\ta"), Passed(), "Reasons may hold tabs and octets above 7F.") { Reusable = true },
        new("status-line/unknown-status", "9110 15", Line("HTTP/1.1 299 Odd"), Passed(status: 299), "Treated as its class.") { Reusable = true },
        new("status-line/lower-case", "9112 2.3", Line("http/1.1 200 OK"), Bad, "The version is case-sensitive."),
        new("status-line/1.2", "9112 2.3", Line("HTTP/1.2 200 OK"), Bad, "No such version was ever defined."),
        new("status-line/2.0", "9112 2.3", Line("HTTP/2.0 200 OK"), Bad, "HTTP/2 is not spoken in text."),
        new("status-line/0.9", "9112 2.3", "hello", Bad, "HTTP/0.9 has no status line.") { Ends = true },
        new("status-line/no-version", "9112 4", Line("200 OK"), Bad, "No version."),
        new("status-line/two-spaces", "9112 4", Line("HTTP/1.1  200 OK"), Bad, "Exactly one SP."),
        new("status-line/tab", "9112 4", Line("HTTP/1.1\t200 OK"), Bad, "Exactly one SP."),
        new("status-line/status-two-digits", "9112 4", Line("HTTP/1.1 20 OK"), Bad, "Three digits."),
        new("status-line/status-four-digits", "9112 4", Line("HTTP/1.1 2000 OK"), Bad, "Three digits."),
        new("status-line/status-letters", "9112 4", Line("HTTP/1.1 2x0 OK"), Bad, "Three digits."),
        new("status-line/status-signed", "9112 4", Line("HTTP/1.1 -20 OK"), Bad, "Three digits."),
        new("status-line/status-099", "9110 15", Line("HTTP/1.1 099 OK"), Bad, "No such class."),
        new("status-line/status-600", "9110 15", Line("HTTP/1.1 600 OK"), Bad, "No such class."),
        new("status-line/glued-reason", "9112 4", Line("HTTP/1.1 200OK"), Bad, "SP before the reason."),
        new("status-line/nul-in-reason", "9112 4", Line("HTTP/1.1 200 O\0K"), Bad, "A control character."),
        new("status-line/bare-cr-in-reason", "9112 2.2", Line("HTTP/1.1 200 O\rSet-Cookie: a=b"), Bad, "Taken for a line end it makes a field."),
        new("status-line/bare-lf", "9112 2.2", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", Bad, "Lines end with CRLF."),
        new("status-line/empty-line-before", "9112 2.2", "\r\n" + Line("HTTP/1.1 200 OK"), Bad, "Only servers forgive empty lines."),
        new("status-line/space-before", "9112 4", " " + Line("HTTP/1.1 200 OK"), Bad, "Nothing before the version."),
        new("status-line/request", "9112 4", "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n", Bad, "A request is no response."),
        new("status-line/half", "9112 8", "HTTP/1.1 20", Bad, "The backend left in the middle of the line.") { Ends = true },
        new("status-line/nothing", "9112 8", "", Bad, "The backend left without a word.") { Ends = true },
    ];
}
