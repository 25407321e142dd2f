using Sluice.Translation.Statuses;

namespace Sluice.Translation.Routes;

/// <summary>What the rules of a route are worth, whatever its parents.</summary>
/// <param name="Refused">No rule can be served: Accepted=False.</param>
/// <param name="Partial">Some rules cannot be served: PartiallyInvalid=True.</param>
/// <param name="Unresolved">ResolvedRefs=False.</param>
internal sealed record RouteVerdict(Finding? Refused, Finding? Partial, Finding? Unresolved)
{
    public static RouteVerdict Fine { get; } = new(null, null, null);
}
