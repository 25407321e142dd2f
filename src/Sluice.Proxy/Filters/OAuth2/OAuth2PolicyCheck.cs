using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Jwt;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>Whether a policy can be put in force as it is.</summary>
internal static class OAuth2PolicyCheck
{
    /// <summary>Where users come back to.</summary>
    public static string CallbackPath(OAuth2Policy policy) => policy.RedirectUri is { } uri ? new Uri(uri).AbsolutePath : OAuth2Policy.DefaultCallbackPath;

    /// <summary>What is wrong, and never a secret; null when it can be used.</summary>
    public static string? Problem(OAuth2Policy policy) => Credentials(policy) ?? Endpoints(policy) ?? Paths(policy) ?? Cookies(policy) ?? Tokens(policy) ?? Requests(policy);

    private static string? Credentials(OAuth2Policy policy)
    {
        if (policy.ClientId.Length == 0)
            return "the client's id is empty";
        if (ReferenceEquals(policy.ClientSecret, SecretText.Withheld) || ReferenceEquals(policy.CookieSecret, SecretText.Withheld))
            return "its secrets are not known here";
        if (policy.ClientSecret.Reveal().Length == 0)
            return "the client's secret is empty";
        return Encoding.UTF8.GetByteCount((policy.CookieSecret ?? policy.ClientSecret).Reveal()) < OAuth2Policy.MinSecretLength
            ? $"the secret that cookies are sealed with has fewer than {OAuth2Policy.MinSecretLength} octets; with so few it could be guessed"
            : null;
    }

    private static string? Endpoints(OAuth2Policy policy)
    {
        if (policy.Issuer is null && (policy.AuthorizationEndpoint is null || policy.TokenEndpoint is null))
            return "an issuer, or else the authorization and the token endpoint, must be named";
        if (policy.Issuer is { } issuer && (!OAuth2Metadata.IsEndpoint(issuer) || issuer.Contains('?', StringComparison.Ordinal)))
            return $"the issuer \"{issuer}\" is no absolute http or https URL without query";
        foreach (string? url in (string?[])[policy.AuthorizationEndpoint, policy.TokenEndpoint, policy.EndSessionEndpoint, policy.JwksUri])
        {
            if (url is not null && !OAuth2Metadata.IsEndpoint(url))
                return $"\"{url}\" is no absolute http or https URL";
        }
        return null;
    }

    private static string? Paths(OAuth2Policy policy)
    {
        if (policy.RedirectUri is { } redirect && (!OAuth2Metadata.IsEndpoint(redirect) || redirect.Contains('?', StringComparison.Ordinal)))
            return $"the redirect URI \"{redirect}\" is no absolute http or https URL without query";
        if (!policy.LogoutPath.StartsWith('/') || policy.LogoutPath.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 || policy.LogoutPath.AsSpan().ContainsAny("?#"))
            return $"the logout path \"{policy.LogoutPath}\" is no path";
        return policy.LogoutPath == CallbackPath(policy) ? $"the logout path is that of the redirect, {policy.LogoutPath}" : null;
    }

    private static string? Cookies(OAuth2Policy policy)
    {
        OAuth2CookieSettings cookies = policy.Cookies;
        if (cookies.Domain is { } domain && !FieldSyntax.IsHost(domain.TrimStart('.')))
            return $"the cookies' domain \"{domain}\" is none";
        foreach (string? name in (string?[])[cookies.AccessTokenName, cookies.IdTokenName])
        {
            if (name is not null && (!FieldSyntax.IsName(name) || name.Length > 128))
                return $"\"{name}\" is no name of a cookie";
        }
        if (cookies.AccessTokenName is not null && cookies.AccessTokenName == cookies.IdTokenName)
            return $"two cookies have the name \"{cookies.IdTokenName}\"";
        return policy.ForwardAccessToken && cookies.DisableAccessToken ? "the access token cannot be forwarded when it is not kept in a cookie" : null;
    }

    private static string? Tokens(OAuth2Policy policy)
    {
        bool hasKeys = policy.JwksUri is not null || policy.Issuer is not null;
        if (!hasKeys && (policy.AccessToken is not null || policy.IdToken is { ClaimsToHeaders.Count: > 0 }))
            return "what tokens say can be relied on only with the provider's keys: name an issuer or the URL of its keys";
        return (policy.AccessToken?.ClaimsToHeaders ?? []).Concat(policy.IdToken?.ClaimsToHeaders ?? [])
            .Select(ClaimFields.Problem).FirstOrDefault(problem => problem is not null);
    }

    private static string? Requests(OAuth2Policy policy)
    {
        // RFC 6749 3.3.
        foreach (string scope in policy.Scopes)
        {
            if (scope.Length == 0 || scope.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0 || scope.AsSpan().ContainsAny("\"\\"))
                return $"\"{scope}\" is no scope";
        }
        foreach (ValueMatch match in policy.DenyRedirect)
        {
            if (!FieldSyntax.IsName(match.Name))
                return $"denyRedirect: \"{match.Name}\" is no field name";
            if (new ValuePredicate(match).Pattern?.Problem is { } problem)
                return $"denyRedirect: {problem}";
        }
        return null;
    }
}
