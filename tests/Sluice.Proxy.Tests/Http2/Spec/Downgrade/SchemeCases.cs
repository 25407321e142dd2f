using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>:scheme is what a client says about itself: it goes nowhere (RFC 9113 8.3.1).</summary>
internal static class SchemeCases
{
    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("scheme/https", "9113 8.3.1", Scheme("https"), Forwarded(SeenGet().With("X-Forwarded-Proto", "http")),
            "A proxy before us may have ended TLS; what is told on is how the request came to us."),
        new("scheme/uri", "9113 8.3.1", Scheme("http://b.test/admin?"), Malformed,
            "Put together with the rest it makes another URI."),
        new("scheme/cr-lf", "9113 8.3.1", Scheme("http\r\nx-a: 1"), Malformed,
            "Passed on in a field it makes two lines."),
        new("scheme/space", "9113 8.3.1", Scheme("http "), Malformed,
            "No scheme has a space."),
        new("scheme/nul", "9113 8.3.1", Scheme("http\0"), Malformed,
            "No scheme has a control character."),
        new("scheme/empty", "9113 8.3.1", Scheme(""), Malformed,
            "A scheme has a letter."),
        new("scheme/other", "9113 8.3.1", Scheme("ftp"), Malformed,
            "A gateway for HTTP serves URIs of HTTP."),
    ];
}
