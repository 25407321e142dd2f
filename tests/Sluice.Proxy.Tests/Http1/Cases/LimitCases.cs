using static Sluice.Proxy.Tests.Http1.Cases.Message;
using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http1.Cases.Verdict;

namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>Sizes and counts at the defaults of ProxyLimits, and just below (RFC 9110 5.4 and 15.5.15, RFC 6585 5).</summary>
internal static class LimitCases
{
    private static readonly string Path12K = "/" + new string('x', 12_000);

    public static IEnumerable<MessageCase> All { get; } =
    [
        new("limit/target-12k", "9112 3", Target(Path12K), Forwarded(SeenGet(Path12K)),
            "Below the limit of a request line, and above the 8,000 octets that everybody should take."),
        new("limit/target-20k", "9110 15.5.15", Target("/" + new string('x', 20_000)), Refused(414),
            "Above the limit of a request line (ProxyLimits.RequestLineBytes)."),
        new("limit/target-200k", "9110 15.5.15", Target("/" + new string('x', 200_000)), Refused(414),
            "Refused before it has come whole."),
        new("limit/method-20k", "9112 3", Line(new string('M', 20_000) + " / HTTP/1.1"), Refused(414),
            "The limit is the line's, whichever part of it is long."),
        new("limit/field-8k", "6585 5", Get($"X-A: {new string('x', 8_000)}\r\n"), Forwarded(SeenGet().With("X-A", new string('x', 8_000))),
            "Below the limit of a head."),
        new("limit/field-40k", "6585 5", Get($"X-A: {new string('x', 40_000)}\r\n"), Refused(431),
            "Above the limit of a head (ProxyLimits.HeadBytes)."),
        new("limit/field-200k", "6585 5", Get($"X-A: {new string('x', 200_000)}\r\n"), Refused(431),
            "Refused before it has come whole."),
        new("limit/field-name-40k", "6585 5", Get($"{new string('x', 40_000)}: 1\r\n"), Refused(431),
            "The limit is the head's, whichever part of it is long."),
        new("limit/100-fields", "6585 5", Get(Repeat("X-A: 1\r\n", 100)), Forwarded(SeenGet().With("X-A", string.Join(", ", Enumerable.Repeat("1", 100)))),
            "Below the limit of field lines."),
        new("limit/200-fields", "6585 5", Get(Repeat("X-A: 1\r\n", 200)), Refused(431),
            "Above the limit of field lines (ProxyLimits.FieldCount), though not of bytes."),
        new("limit/20000-empty-fields", "6585 5", Get(Repeat("a:\r\n", 20_000)), Refused(431),
            "Many small ones are as many as many big ones."),
        new("limit/empty-lines", "9112 2.2", Repeat("\r\n", 40_000) + Line("GET / HTTP/1.1"), Refused(400),
            "A few empty lines before a request are ignored, not an endless row of them."),
    ];
}
