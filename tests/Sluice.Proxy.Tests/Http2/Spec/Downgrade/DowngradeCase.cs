using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Http2.Support;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>One odd message of HTTP/2, and what must come of it in front of backends that speak HTTP/1.1.</summary>
/// <param name="Name">"class/what-is-odd", unique.</param>
/// <param name="Section">Where the rule stands: "9113 8.2.1" is RFC 9113, section 8.2.1.</param>
/// <param name="Sent">All frames of stream 1.</param>
/// <param name="Verdict">What must come of it.</param>
/// <param name="Why">One sentence: what goes wrong when somebody passes it on.</param>
internal sealed record DowngradeCase(string Name, string Section, Frame[] Sent, StreamVerdict Verdict, string Why)
{
    /// <summary>
    /// The request as it was announced, when it may be on its way to the backend before the fault is seen: complete, and routed as
    /// it should be, with nothing of what was wrong.
    /// </summary>
    public SeenRequest? Announced { get; init; }

    /// <summary>A good request on the next stream: whoever has taken something of the odd one for a request of its own mixes them up.</summary>
    public static Frame Sentinel => Make.Get(3, "/sentinel");

    public override string ToString() => Name;
}
