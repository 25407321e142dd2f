namespace Sluice.Resources.Policies.Extensions;

/// <summary>What a token must be like.</summary>
public sealed record OAuth2TokenRules
{
    /// <summary>The claim aud: one of them.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Claims that backends are told.</summary>
    public IReadOnlyList<ClaimToHeader> ClaimsToHeaders { get; init; } = [];
}
