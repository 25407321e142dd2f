using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Json;

/// <summary>Writes how users log in. Secrets are left out together with private keys.</summary>
internal static class OAuth2Writer
{
    public static void Write(Utf8JsonWriter writer, OAuth2Policy? policy, Secrets secrets)
    {
        if (policy is null)
            return;
        writer.WriteStartObject("oauth2");
        writer.WriteString("name", policy.Name);
        RequestPolicyWriter.WriteText(writer, "issuer", policy.Issuer);
        RequestPolicyWriter.WriteText(writer, "authorizationEndpoint", policy.AuthorizationEndpoint);
        RequestPolicyWriter.WriteText(writer, "tokenEndpoint", policy.TokenEndpoint);
        RequestPolicyWriter.WriteText(writer, "endSessionEndpoint", policy.EndSessionEndpoint);
        RequestPolicyWriter.WriteText(writer, "jwksUri", policy.JwksUri);
        RequestPolicyWriter.WriteText(writer, "cluster", policy.Cluster);
        RequestPolicyWriter.WriteText(writer, "jwksCluster", policy.JwksCluster);
        writer.WriteString("clientId", policy.ClientId);
        AuthenticationWriter.WriteSecret(writer, "clientSecret", policy.ClientSecret, secrets);
        if (policy.CookieSecret is { } own)
        {
            writer.WriteBoolean("hasCookieSecret", true);
            AuthenticationWriter.WriteSecret(writer, "cookieSecret", own, secrets);
        }
        writer.WriteString("clientAuthentication", policy.ClientAuthentication.ToString());
        RequestPolicyWriter.WriteText(writer, "redirectUri", policy.RedirectUri);
        writer.WriteString("logoutPath", policy.LogoutPath);
        writer.WriteBoolean("forwardAccessToken", policy.ForwardAccessToken);
        PolicyWriter.Write(writer, "scopes", policy.Scopes);
        Write(writer, policy.Cookies);
        AuthenticationWriter.WriteList(writer, "denyRedirect", policy.DenyRedirect, (match, output) =>
        {
            output.WriteString("name", match.Name);
            output.WriteString("type", match.Type.ToString());
            output.WriteString("value", match.Value);
        });
        Write(writer, "accessToken", policy.AccessToken);
        Write(writer, "idToken", policy.IdToken);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, OAuth2CookieSettings cookies)
    {
        writer.WriteStartObject("cookies");
        RequestPolicyWriter.WriteText(writer, "domain", cookies.Domain);
        RequestPolicyWriter.WriteText(writer, "accessTokenName", cookies.AccessTokenName);
        RequestPolicyWriter.WriteText(writer, "idTokenName", cookies.IdTokenName);
        writer.WriteString("sameSite", cookies.SameSite.ToString());
        writer.WriteBoolean("disableAccessToken", cookies.DisableAccessToken);
        writer.WriteBoolean("disableIdToken", cookies.DisableIdToken);
        writer.WriteBoolean("disableRefreshToken", cookies.DisableRefreshToken);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, OAuth2TokenRules? rules)
    {
        if (rules is null)
            return;
        writer.WriteStartObject(name);
        PolicyWriter.Write(writer, "audiences", rules.Audiences);
        AuthenticationWriter.WriteList(writer, "claimsToHeaders", rules.ClaimsToHeaders, (claim, output) =>
        {
            output.WriteString("claim", claim.Claim);
            output.WriteString("header", claim.Header);
        });
        writer.WriteEndObject();
    }
}
