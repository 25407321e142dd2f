using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>Sizes and counts at the defaults of ProxyLimits, and just below (RFC 9113 10.5.1, RFC 6585 5).</summary>
internal static class LimitCases
{
    private static readonly string Path12K = "/" + new string('x', 12_000);

    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("limit/path-12k", "9112 3", Path(Path12K), Forwarded(SeenGet(Path12K)),
            "Below the limit of a request line."),
        new("limit/path-20k", "9110 15.5.15", Large([(":method", "GET"), (":scheme", "http"), (":path", "/" + new string('x', 20_000)), (":authority", "a.test")]), Answered(414),
            "Above the limit of a request line (ProxyLimits.RequestLineBytes)."),
        new("limit/field-8k", "6585 5", Get(("x-a", new string('x', 8_000))), Forwarded(SeenGet().With("X-A", new string('x', 8_000))),
            "Below the limit of a head."),
        new("limit/field-40k", "6585 5", Large([.. Request, ("x-a", new string('x', 40_000))]), Answered(431),
            "Above the limit of a head (ProxyLimits.HeadBytes), told before as SETTINGS_MAX_HEADER_LIST_SIZE."),
        new("limit/name-40k", "6585 5", Large([.. Request, (new string('x', 40_000), "1")]), Answered(431),
            "The limit is the head's, whichever part of it is long."),
        new("limit/100-fields", "6585 5", Get([.. Enumerable.Repeat(("x-a", "1"), 100)]), Forwarded(SeenGet().With("X-A", string.Join(", ", Enumerable.Repeat("1", 100)))),
            "Below the limit of field lines."),
        new("limit/200-fields", "6585 5", Get([.. Enumerable.Repeat(("x-a", "1"), 200)]), Answered(431),
            "Above the limit of field lines (ProxyLimits.FieldCount), though not of bytes."),
        new("limit/bomb", "7541 7.3", Bomb(), Answered(431),
            "One large entry of the table, named again and again: a few octets that stand for megabytes."),
        new("limit/cookie-crumbs", "9113 8.2.3", Large([.. Request, .. Enumerable.Repeat(("cookie", "a=1"), 3_000)]), Answered(431),
            "Crumbs count as fields until they are put together."),
        new("limit/huge-block", "9113 10.5.1", Large([.. Request, .. Enumerable.Repeat(("x-a", new string('x', 1_000)), 200)]), Ends(Http2Error.EnhanceYourCalm),
            "Far above any limit: not even read to its end."),
    ];

    private static (string, string)[] Request => [(":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "a.test")];

    /// <summary>A block of any size in as many frames as it takes.</summary>
    private static Frame[] Large((string, string)[] fields)
    {
        var parts = FieldBlock.Of(fields).Chunk(16_000).ToArray();
        return [.. parts.Select((part, i) =>
        {
            var flags = i == parts.Length - 1 ? FrameFlags.EndHeaders : 0;
            return i == 0 ? Make.Headers(1, part, flags | FrameFlags.EndStream) : Make.Continuation(1, part, flags);
        })];
    }

    /// <summary>An entry of 4,000 octets in the dynamic table, then 10,000 references to it.</summary>
    private static Frame[] Bomb() =>
    [
        Make.Headers(1, [.. FieldBlock.Request("GET", "/"), .. FieldBlock.Literal(0x40, "x-a", new string('x', 4_000)), .. Enumerable.Range(0, 10_000).SelectMany(_ => FieldBlock.Indexed(62))]),
    ];
}
