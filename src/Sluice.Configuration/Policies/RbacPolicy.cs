namespace Sluice.Configuration.Policies;

/// <summary>
/// Requests that are let in or not by expressions in CEL over Envoy's attributes (TrafficPolicy.spec.rbac). An expression that cannot be
/// evaluated never lets anybody in: it does not match where matching allows, and does where matching denies.
/// </summary>
public sealed record RbacPolicy
{
    /// <summary>Expressions that one policy may have: 256.</summary>
    public const int MaxExpressions = 256;

    /// <summary>What is done with requests that match; with the others the contrary. Default Allow.</summary>
    public RbacAction Action { get; init; } = RbacAction.Allow;

    /// <summary>Of type bool. None: nobody is let in, or with <see cref="RbacAction.Deny"/> everybody.</summary>
    public IReadOnlyList<string> Expressions { get; init; } = [];

    /// <summary>A request matches only if all of the expressions are true. Default false: one suffices.</summary>
    public bool MatchAll { get; init; }
}
