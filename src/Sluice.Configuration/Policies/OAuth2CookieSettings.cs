namespace Sluice.Configuration.Policies;

/// <summary>The cookies that hold a login. All of them are encrypted and HttpOnly, and Secure over TLS.</summary>
public sealed record OAuth2CookieSettings
{
    /// <summary>A domain whose hosts share the login. Null: each host has its own.</summary>
    public string? Domain { get; init; }

    /// <summary>Name of the cookie with the access token. Null: one of the policy's own.</summary>
    public string? AccessTokenName { get; init; }

    /// <summary>Name of the cookie with the ID token. Null: one of the policy's own.</summary>
    public string? IdTokenName { get; init; }

    public OAuth2SameSite SameSite { get; init; }

    /// <summary>The access token is not kept: it can be judged when the user logs in, and not be forwarded later.</summary>
    public bool DisableAccessToken { get; init; }

    /// <summary>The ID token is not kept: the provider is not told whose session a logout ends.</summary>
    public bool DisableIdToken { get; init; }

    /// <summary>The refresh token is not kept: a login ends with its access token.</summary>
    public bool DisableRefreshToken { get; init; }
}
