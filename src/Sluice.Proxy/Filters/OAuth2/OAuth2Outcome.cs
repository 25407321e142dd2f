using Sluice.Proxy.Filters.Chain;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>What came of asking a provider for tokens.</summary>
internal sealed record OAuth2Outcome
{
    /// <summary>Why there is no login; null: there is one.</summary>
    public FilterDenial? Denial { get; private init; }

    /// <summary>The provider takes what it was given for worthless: the user has to log in.</summary>
    public bool IsRefused => ReferenceEquals(Denial, OAuth2Denials.Refused) || ReferenceEquals(Denial, OAuth2Denials.Token);

    /// <summary>With a login.</summary>
    public OAuth2Session? Session { get; private init; }

    public string AccessToken { get; private init; } = "";

    public string? IdToken { get; private init; }

    public string? RefreshToken { get; private init; }

    public static OAuth2Outcome Failed(FilterDenial denial) => new() { Denial = denial };

    public static OAuth2Outcome Of(OAuth2Session session, string accessToken, string? idToken, string? refreshToken) =>
        new() { Session = session, AccessToken = accessToken, IdToken = idToken, RefreshToken = refreshToken };
}
