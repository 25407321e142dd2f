namespace Sluice.Resources.Policies.Extensions;

/// <summary>Names of cookies.</summary>
public sealed record OAuth2CookieNames
{
    /// <summary>With the access token.</summary>
    public string? AccessToken { get; init; }

    /// <summary>With the ID token.</summary>
    public string? IdToken { get; init; }
}
