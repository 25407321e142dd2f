using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>Cookie, which HTTP/2 clients may take apart and which is one field everywhere else (RFC 9113 8.2.3).</summary>
internal static class CookieCases
{
    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("cookie/crumbs", "9113 8.2.3", Get(("cookie", "a=1"), ("x-a", "1"), ("cookie", "b=2"), ("cookie", "c=3")), Forwarded(SeenGet().With("Cookie", "a=1; b=2; c=3").With("X-A", "1")),
            "Put together with \"; \" in their order; a comma would make other cookies of them."),
        new("cookie/one", "6265 5.4", Get(("cookie", "a=1; b=2")), Forwarded(SeenGet().With("Cookie", "a=1; b=2")),
            "One field stays as it is."),
        new("cookie/cr-lf-in-crumb", "9113 8.2.1", Get(("cookie", "a=1"), ("cookie", "b=2\r\nx-a: 1")), Malformed,
            "Written into a line it makes two."),
        new("cookie/upper-case", "9113 8.2.1", Get(("Cookie", "a=1")), Malformed,
            "Names are in lower case."),
        new("cookie/empty-crumb", "9113 8.2.3", Get(("cookie", "a=1"), ("cookie", "")), Forwarded(SeenGet()),
            "An empty crumb is one still."),
    ];
}
