namespace Sluice.Resources.Policies.Extensions;

/// <summary>Whose tokens are taken.</summary>
public sealed record JwtProvider
{
    /// <summary>For logs.</summary>
    public required string Name { get; init; }

    /// <summary>The claim iss. Null: any.</summary>
    public string? Issuer { get; init; }

    /// <summary>The claim aud: one of them. Empty: any.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Null: Authorization with Bearer, or access_token in the query.</summary>
    public TokenSource? TokenSource { get; init; }

    /// <summary>Claims that backends are told.</summary>
    public IReadOnlyList<ClaimToHeader> ClaimsToHeaders { get; init; } = [];

    /// <summary>The keys.</summary>
    public required JwksSource Jwks { get; init; }

    /// <summary>Whether backends get the token.</summary>
    public bool ForwardToken { get; init; }
}
