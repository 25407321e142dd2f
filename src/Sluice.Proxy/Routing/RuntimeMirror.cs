using Sluice.Proxy.Engine;
using Sluice.Proxy.Filters;

namespace Sluice.Proxy.Routing;

/// <summary>
/// Where copies of a share of the requests go, and what is changed in them: a mirror of the rule gets what the rule's filters
/// make of a request, one of a backendRef what that backend gets.
/// </summary>
internal sealed class RuntimeMirror
{
    /// <summary>What the compiler's cluster numbering gave.</summary>
    public required int ClusterId { get; init; }

    public required int Numerator { get; init; }

    public required int Denominator { get; init; }

    public required HeaderEdits RequestEdits { get; init; }

    public UrlRewriter? Rewrite { get; init; }

    /// <summary>Whether this request is copied.</summary>
    public bool Draw(FastRandom random) => Numerator >= Denominator || random.Next(Denominator) < Numerator;
}
