using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>Pseudo-fields: before all others, each once, none that requests do not have (RFC 9113 8.3).</summary>
internal static class PseudoFieldCases
{
    private static readonly (string, string) Method = (":method", "GET");
    private static readonly (string, string) Scheme = (":scheme", "http");
    private static readonly (string, string) Slash = (":path", "/");
    private static readonly (string, string) Name = (":authority", "a.test");

    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("pseudo/method-twice", "9113 8.3", Fields(Method, (":method", "POST"), Scheme, Slash, Name), Malformed,
            "One would be matched, the other passed on."),
        new("pseudo/path-twice", "9113 8.3", Fields(Method, Scheme, Slash, (":path", "/admin"), Name), Malformed,
            "One would be matched, the other passed on."),
        new("pseudo/authority-twice", "9113 8.3", Fields(Method, Scheme, Slash, Name, (":authority", "b.test")), Malformed,
            "One would be routed by, the other believed."),
        new("pseudo/authority-twice-same", "9113 8.3", Fields(Method, Scheme, Slash, Name, Name), Malformed,
            "Each once, also when they agree."),
        new("pseudo/scheme-twice", "9113 8.3", Fields(Method, Scheme, (":scheme", "https"), Slash, Name), Malformed,
            "Each once."),
        new("pseudo/after-field", "9113 8.3", Fields(Method, Scheme, Slash, ("x-a", "1"), Name), Malformed,
            "All of them stand before all others."),
        new("pseudo/path-again-after-field", "9113 8.3", Fields(Method, Scheme, Slash, Name, ("x-a", "1"), (":path", "/admin")), Malformed,
            "Who lets the last one win serves another path."),
        new("pseudo/status", "9113 8.3", Fields(Method, Scheme, Slash, Name, (":status", "200")), Malformed,
            "Responses have it, requests do not."),
        new("pseudo/unknown", "9113 8.3", Fields(Method, Scheme, Slash, Name, (":x", "1")), Malformed,
            "None beside those that are defined."),
        new("pseudo/empty-name", "9113 8.3", Fields(Method, Scheme, Slash, Name, (":", "1")), Malformed,
            "None beside those that are defined."),
        new("pseudo/upper-case", "9113 8.2", Fields((":METHOD", "GET"), Scheme, Slash, Name), Malformed,
            "Names are in lower case, these too."),
        new("pseudo/name-with-cr-lf", "9113 8.2.1", Fields(Method, Scheme, Slash, Name, (":x\r\nx-a", "1")), Malformed,
            "None beside those that are defined, least of all with control characters."),
        new("pseudo/no-method", "9113 8.3.1", Fields(Scheme, Slash, Name), Malformed,
            "Nothing to begin the request line with."),
        new("pseudo/no-scheme", "9113 8.3.1", Fields(Method, Slash, Name), Malformed,
            "Each request has one."),
        new("pseudo/no-path", "9113 8.3.1", Fields(Method, Scheme, Name), Malformed,
            "Nothing to write into the request line."),
        new("pseudo/none", "9113 8.3.1", Fields(("x-a", "1")), Malformed,
            "No request at all."),
        new("pseudo/no-fields", "9113 8.3.1", Fields(), Malformed,
            "No request at all."),
    ];
}
