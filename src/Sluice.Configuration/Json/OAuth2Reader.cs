using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Json;

/// <summary>Reads how users log in. Where a secret was left out it is <see cref="SecretText.Withheld"/>.</summary>
internal static class OAuth2Reader
{
    public static OAuth2Policy? Read(JsonElement policies) => policies.OptionalMember("oauth2") is not { } element ? null : new OAuth2Policy
    {
        Name = element.Text("name"),
        Issuer = element.OptionalText("issuer"),
        AuthorizationEndpoint = element.OptionalText("authorizationEndpoint"),
        TokenEndpoint = element.OptionalText("tokenEndpoint"),
        EndSessionEndpoint = element.OptionalText("endSessionEndpoint"),
        JwksUri = element.OptionalText("jwksUri"),
        Cluster = element.OptionalText("cluster"),
        JwksCluster = element.OptionalText("jwksCluster"),
        ClientId = element.Text("clientId"),
        ClientSecret = element.OptionalText("clientSecret") is { } secret ? new SecretText(secret) : SecretText.Withheld,
        CookieSecret = element.OptionalText("cookieSecret") is { } own ? new SecretText(own) : element.Flag("hasCookieSecret") ? SecretText.Withheld : null,
        ClientAuthentication = element.Choice<OAuth2ClientAuthentication>("clientAuthentication"),
        RedirectUri = element.OptionalText("redirectUri"),
        LogoutPath = element.Text("logoutPath"),
        ForwardAccessToken = element.Flag("forwardAccessToken"),
        Scopes = element.Texts("scopes"),
        Cookies = Cookies(element.Member("cookies")),
        DenyRedirect = element.List("denyRedirect", match => new ValueMatch(match.Text("name"), match.Choice<ValueMatchType>("type"), match.Text("value"))),
        AccessToken = Rules(element, "accessToken"),
        IdToken = Rules(element, "idToken"),
    };

    private static OAuth2CookieSettings Cookies(JsonElement element) => new()
    {
        Domain = element.OptionalText("domain"),
        AccessTokenName = element.OptionalText("accessTokenName"),
        IdTokenName = element.OptionalText("idTokenName"),
        SameSite = element.Choice<OAuth2SameSite>("sameSite"),
        DisableAccessToken = element.Flag("disableAccessToken"),
        DisableIdToken = element.Flag("disableIdToken"),
        DisableRefreshToken = element.Flag("disableRefreshToken"),
    };

    private static OAuth2TokenRules? Rules(JsonElement owner, string name) => owner.OptionalMember(name) is not { } element ? null : new OAuth2TokenRules
    {
        Audiences = element.Texts("audiences"),
        ClaimsToHeaders = element.List("claimsToHeaders", claim => new ClaimToHeader(claim.Text("claim"), claim.Text("header"))),
    };
}
