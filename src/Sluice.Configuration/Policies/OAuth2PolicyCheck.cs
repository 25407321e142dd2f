using System.Text;
using Sluice.Configuration.Patterns;

namespace Sluice.Configuration.Policies;

/// <summary>Whether a login can be put in force as it is asked for: the same for who translates it and who serves it.</summary>
public static class OAuth2PolicyCheck
{
    private const int MaxNameLength = 128;

    /// <summary>Where users come back to. For policies without a <see cref="Problem"/>.</summary>
    public static string CallbackPath(OAuth2Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.RedirectUri is { } uri ? new Uri(uri).AbsolutePath : OAuth2Policy.DefaultCallbackPath;
    }

    /// <summary>Whether a text is an absolute http or https URL without fragment and user.</summary>
    public static bool IsEndpoint(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && IsEndpoint(url);

    /// <inheritdoc cref="IsEndpoint(string)"/>
    public static bool IsEndpoint(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return url.Scheme is "http" or "https" && url.Fragment.Length == 0 && url.UserInfo.Length == 0 && url.IdnHost.Length > 0;
    }

    /// <summary>The field of GatewayExtension.spec.oauth2 that is wrong, and what is wrong with it, without any secret; null when it can be used.</summary>
    public static (string Field, string Message)? Problem(OAuth2Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Credentials(policy) ?? Endpoints(policy) ?? Paths(policy) ?? Cookies(policy) ?? Tokens(policy) ?? Requests(policy);
    }

    private static (string, string)? Credentials(OAuth2Policy policy)
    {
        if (policy.ClientId.Length == 0)
            return ("credentials.clientID", "must not be empty");
        if (ReferenceEquals(policy.ClientSecret, SecretText.Withheld) || ReferenceEquals(policy.CookieSecret, SecretText.Withheld))
            return ("credentials.clientSecretRef", "the secret is not known here");
        if (policy.ClientSecret.Reveal().Length == 0)
            return ("credentials.clientSecretRef", "the client's secret is empty");
        return Encoding.UTF8.GetByteCount((policy.CookieSecret ?? policy.ClientSecret).Reveal()) < OAuth2Policy.MinSecretLength
            ? ("credentials.clientSecretRef", $"the secret that cookies are sealed with must have at least {OAuth2Policy.MinSecretLength} octets, as a shorter one could be guessed: give the Secret a key hmac-secret with random ones")
            : null;
    }

    private static (string, string)? Endpoints(OAuth2Policy policy)
    {
        if (policy.Issuer is null && (policy.AuthorizationEndpoint is null || policy.TokenEndpoint is null))
            return ("issuerURI", "must be given, or else authorizationEndpoint and tokenEndpoint");
        (string, string?)[] urls =
        [
            ("issuerURI", policy.Issuer), ("redirectURI", policy.RedirectUri), ("authorizationEndpoint", policy.AuthorizationEndpoint),
            ("tokenEndpoint", policy.TokenEndpoint), ("endSessionEndpoint", policy.EndSessionEndpoint), ("jwt.jwksURI", policy.JwksUri),
        ];
        foreach (var (field, url) in urls)
        {
            if (url is not null && !IsEndpoint(url))
                return (field, $"\"{url}\" must be an absolute URL of http or https without user and fragment");
            if (url is not null && field is "issuerURI" or "redirectURI" && url!.Contains('?', StringComparison.Ordinal))
                return (field, $"\"{url}\" must have no query");
        }
        return null;
    }

    private static (string, string)? Paths(OAuth2Policy policy)
    {
        if (!policy.LogoutPath.StartsWith('/') || !IsVisible(policy.LogoutPath) || policy.LogoutPath.AsSpan().ContainsAny("?#"))
            return ("logoutPath", $"\"{policy.LogoutPath}\" must be a path that begins with \"/\"");
        return policy.LogoutPath == CallbackPath(policy) ? ("logoutPath", $"{policy.LogoutPath} is where users come back to when they log in; it must be another path") : null;
    }

    private static (string, string)? Cookies(OAuth2Policy policy)
    {
        var cookies = policy.Cookies;
        if (cookies.Domain is { } domain && (domain.Trim('.').Length == 0 || !domain.TrimStart('.').All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')))
            return ("cookies.domain", $"\"{domain}\" must be a DNS name");
        foreach (var (field, name) in ((string, string?)[])[("cookies.names.accessToken", cookies.AccessTokenName), ("cookies.names.idToken", cookies.IdTokenName)])
        {
            if (name is not null && (!IsToken(name) || name.Length > MaxNameLength))
                return (field, $"\"{name}\" must be a name of a cookie, of at most {MaxNameLength} characters");
        }
        if (cookies.AccessTokenName is not null && cookies.AccessTokenName == cookies.IdTokenName)
            return ("cookies.names", $"both cookies have the name \"{cookies.IdTokenName}\"");
        return policy.ForwardAccessToken && cookies.DisableAccessToken
            ? ("cookies.disableAccessTokenSetCookie", "the access token cannot be forwarded when it is not kept in a cookie: leave out this field or forwardAccessToken") : null;
    }

    private static (string, string)? Tokens(OAuth2Policy policy)
    {
        if (policy.JwksUri is null && policy.Issuer is null && (policy.AccessToken is not null || policy.IdToken is { ClaimsToHeaders.Count: > 0 }))
            return ("jwt.jwksURI", "must be given, or else issuerURI: without keys what tokens say cannot be relied on");
        foreach (var (field, rules) in ((string, OAuth2TokenRules?)[])[("jwt.accessToken.claimsToHeaders", policy.AccessToken), ("jwt.idToken.claimsToHeaders", policy.IdToken)])
        {
            foreach (var claim in rules?.ClaimsToHeaders ?? [])
            {
                if (claim.Claim.Length == 0)
                    return (field, "needs the name of a claim");
                if (!IsToken(claim.Header) || ReservedFields.Contains(claim.Header))
                    return (field, $"\"{claim.Header}\" must be the name of a field that may be written");
            }
        }
        return null;
    }

    private static (string, string)? Requests(OAuth2Policy policy)
    {
        // RFC 6749 3.3.
        foreach (var scope in policy.Scopes)
        {
            if (scope.Length == 0 || !IsVisible(scope) || scope.AsSpan().ContainsAny("\"\\"))
                return ("scopes", $"\"{scope}\" must be a scope: visible characters without quotation marks and backslashes");
        }
        foreach (var match in policy.DenyRedirect)
        {
            if (!IsToken(match.Name))
                return ("denyRedirect.headers", $"\"{match.Name}\" must be the name of a field");
            if (match.Type == ValueMatchType.RegularExpression && Pattern(match.Value) is { } problem)
                return ("denyRedirect.headers", problem);
        }
        return null;
    }

    private static string? Pattern(string pattern)
    {
        try
        {
            RegularExpression.Parse(pattern);
            return null;
        }
        catch (PatternException exception)
        {
            return $"the regular expression \"{pattern}\" cannot be used: {exception.Message}, at position {exception.Position}";
        }
    }

    // RFC 9110 5.6.2.
    private static bool IsToken(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));

    private static bool IsVisible(string text) => text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
}
