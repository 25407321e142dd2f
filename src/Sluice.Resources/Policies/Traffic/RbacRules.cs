namespace Sluice.Resources.Policies.Traffic;

/// <summary>Expressions over the request.</summary>
public sealed record RbacRules
{
    /// <summary>CEL expressions; one that is true suffices.</summary>
    public IReadOnlyList<string> MatchExpressions { get; init; } = [];
}
