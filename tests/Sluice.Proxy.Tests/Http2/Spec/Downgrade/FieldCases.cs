using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>Names and values, which HTTP/2 could carry with any octets in them (RFC 9113 8.2.1).</summary>
internal static class FieldCases
{
    private const string Second = "1\r\n\r\nGET /admin HTTP/1.1\r\nHost: a.test\r\n\r\n";

    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("field/cr-lf-in-value", "9113 8.2.1", Get(("x-a", "1\r\nx-b: 2")), Malformed,
            "Written into a line it makes two."),
        new("field/second-request-in-value", "9113 8.2.1", Get(("x-a", Second)), Malformed,
            "Written into a line it makes a request that no rule has seen."),
        new("field/lf-in-value", "9113 8.2.1", Get(("x-a", "1\nx-b: 2")), Malformed,
            "A line end to many."),
        new("field/cr-in-value", "9113 8.2.1", Get(("x-a", "1\rx-b: 2")), Malformed,
            "A line end to some."),
        new("field/nul-in-value", "9113 8.2.1", Get(("x-a", "1\0002")), Malformed,
            "Dangerous to whoever reads C strings."),
        new("field/control-in-value", "9110 5.5", Get(("x-a", "1\x01")), Malformed,
            "RFC 9113 leaves it to the recipient; the rule is that of our HTTP/1.1."),
        new("field/delete-in-value", "9110 5.5", Get(("x-a", "1\x7f")), Malformed,
            "A control character."),
        new("field/tab-in-value", "9110 5.5", Get(("x-a", "1\t2")), Forwarded(SeenGet().With("X-A", "1\t2")),
            "White space inside a value is a part of it."),
        new("field/leading-space", "9113 8.2.1", Get(("x-a", " 1")), Malformed,
            "HTTP/1.1 would drop it: two readers, two values."),
        new("field/trailing-space", "9113 8.2.1", Get(("x-a", "1 ")), Malformed,
            "HTTP/1.1 would drop it: two readers, two values."),
        new("field/leading-tab", "9113 8.2.1", Get(("x-a", "\t1")), Malformed,
            "HTTP/1.1 would drop it: two readers, two values."),
        new("field/empty-value", "9110 5.5", Get(("x-a", "")), Forwarded(SeenGet().With("X-A", "")),
            "A value may be empty."),
        new("field/invalid-utf8-in-value", "9110 5.5", Get(("x-a", "\xc0\xaf\xff")), Forwarded(SeenGet().With("X-A", "\xc0\xaf\xff")),
            "Octets above 0x7f are data without a meaning of their own."),
        new("field/upper-case-name", "9113 8.2.1", Get(("X-A", "1")), Malformed,
            "Names are in lower case."),
        new("field/one-upper-case-letter", "9113 8.2.1", Get(("x-forwarded-foR", "10.0.0.1")), Malformed,
            "Slips through filters that compare octets."),
        new("field/empty-name", "9113 8.2.1", Get(("", "1")), Malformed,
            "A line that begins with a colon."),
        new("field/space-in-name", "9113 8.2.1", Get(("x a", "1")), Malformed,
            "A field name is a token."),
        new("field/name-ends-with-space", "9113 8.2.1", Get(("content-length ", "5")), Malformed,
            "A space before the colon: some drop it, and have a length."),
        new("field/colon-in-name", "9113 8.2.1", Get(("x-a: 1\r\nx-b", "2")), Malformed,
            "Written into a line it makes two."),
        new("field/colon-only-in-name", "9113 8.2.1", Get(("x-a:b", "2")), Malformed,
            "Written into a line it is another field: x-a with the value b."),
        new("field/host-with-colon-in-name", "9113 8.2.1", Get(("host: b.test", "2")), Malformed,
            "Written into a line it is another Host."),
        new("field/lf-in-name", "9113 8.2.1", Get(("x-a\nx-b", "1")), Malformed,
            "A line end to many."),
        new("field/nul-in-name", "9113 8.2.1", Get(("x\0a", "1")), Malformed,
            "A field name is a token."),
        new("field/non-ascii-name", "9113 8.2.1", Get(("x-\xe4", "1")), Malformed,
            "A field name is a token."),
        new("field/delete-in-name", "9113 8.2.1", Get(("x\x7f", "1")), Malformed,
            "A field name is a token."),
        new("field/tab-in-name", "9113 8.2.1", Get(("\tx-a", "1")), Malformed,
            "A line folding in HTTP/1.1."),
        new("field/underscore", "9110 5.6.2", Get(("x_a", "1")), Forwarded(SeenGet().With("X_A", "1")),
            "A token character."),
        new("field/request-line-as-name", "9113 8.2.1", Get(("get /admin http/1.1", "1")), Malformed,
            "A field name is a token."),
        new("field/forwarded-for", "7239 8.1", Get(("x-forwarded-for", "10.0.0.1"), ("x-forwarded-proto", "https"), ("forwarded", "for=10.0.0.1")),
            Forwarded(SeenGet().With("X-Forwarded-For", "127.0.0.1").With("X-Forwarded-Proto", "http").With("Forwarded", null)),
            "What a client says about its own address is not believed, in no protocol."),
        new("field/twice", "9110 5.3", Get(("x-a", "1"), ("x-a", "2")), Forwarded(SeenGet().With("X-A", "1, 2")),
            "Lines of one field stay in their order."),
        new("field/http2-settings", "7540 3.2.1", Get(("http2-settings", "AAMAAABk")), Forwarded(SeenGet()),
            "Without Upgrade, which is not here, it asks for nothing."),
    ];
}
