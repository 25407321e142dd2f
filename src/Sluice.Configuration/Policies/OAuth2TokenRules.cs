namespace Sluice.Configuration.Policies;

/// <summary>What a token of the provider must be like, and what the backend is told of it.</summary>
public sealed record OAuth2TokenRules
{
    /// <summary>One of them must be in "aud". Empty: for an ID token the client's id, for an access token anything.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Claims that the backend gets as fields; what a client sends in these is removed.</summary>
    public IReadOnlyList<ClaimToHeader> ClaimsToHeaders { get; init; } = [];
}
