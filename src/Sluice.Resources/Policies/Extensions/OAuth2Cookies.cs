namespace Sluice.Resources.Policies.Extensions;

/// <summary>The cookies that hold the login.</summary>
public sealed record OAuth2Cookies
{
    /// <summary>Their domain.</summary>
    public string? Domain { get; init; }

    /// <summary>Their names.</summary>
    public OAuth2CookieNames? Names { get; init; }

    /// <summary>Whether other sites send them.</summary>
    public string SameSite { get; init; } = "Lax";

    /// <summary>Whether there is none for the access token.</summary>
    public bool DisableAccessTokenSetCookie { get; init; }

    /// <summary>Whether there is none for the ID token.</summary>
    public bool DisableIdTokenSetCookie { get; init; }

    /// <summary>Whether there is none for the refresh token.</summary>
    public bool DisableRefreshTokenSetCookie { get; init; }
}
