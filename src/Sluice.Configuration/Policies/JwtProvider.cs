namespace Sluice.Configuration.Policies;

/// <summary>Whose tokens are accepted, where they stand, and what becomes of them.</summary>
public sealed record JwtProvider
{
    public static TimeSpan DefaultClockSkew { get; } = TimeSpan.FromSeconds(60);

    public required string Name { get; init; }

    /// <summary>What "iss" must be; null: anything.</summary>
    public string? Issuer { get; init; }

    /// <summary>One of them must be in "aud". Empty: anything.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>Where the token is looked for; the first source that a request has counts. Empty: "Authorization: Bearer".</summary>
    public IReadOnlyList<JwtSource> Sources { get; init; } = [];

    /// <summary>Claims that the backend gets as fields; what a client sends in these is removed.</summary>
    public IReadOnlyList<ClaimToHeader> ClaimsToHeaders { get; init; } = [];

    /// <summary>A JSON Web Key Set as text (RFC 7517 5); null with <see cref="RemoteJwks"/>.</summary>
    public string? InlineJwks { get; init; }

    /// <summary>Where the key set is fetched; null with <see cref="InlineJwks"/>.</summary>
    public RemoteJwks? RemoteJwks { get; init; }

    /// <summary>The token goes on to the backend. Default false.</summary>
    public bool ForwardToken { get; init; }

    /// <summary>How far clocks may be apart when "exp" and "nbf" are looked at, 0 to 1 h. Default 60 s.</summary>
    public TimeSpan ClockSkew { get; init; } = DefaultClockSkew;
}
