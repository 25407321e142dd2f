namespace Sluice.Resources.Policies.Extensions;

/// <summary>Tokens that are asked for.</summary>
public sealed record JwtProviders
{
    /// <summary>Whether requests without a token pass.</summary>
    public string ValidationMode { get; init; } = "Strict";

    /// <summary>One must accept the token.</summary>
    public IReadOnlyList<JwtProvider> Providers { get; init; } = [];
}
