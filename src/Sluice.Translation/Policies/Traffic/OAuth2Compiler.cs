using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Resources.Core;
using Sluice.Resources.Policies.Common;
using Sluice.Resources.Policies.Extensions;
using Contract = Sluice.Configuration.Policies.OAuth2Policy;

namespace Sluice.Translation.Policies.Traffic;

/// <summary>TrafficPolicy.spec.oauth2 with the GatewayExtension that it names. Without one that can be put in force rules answer 500.</summary>
internal static class OAuth2Compiler
{
    /// <summary>Key of the Secret with the client's secret.</summary>
    public const string SecretKey = "client-secret";

    /// <summary>Key of the Secret with what cookies are sealed with; without it that is the client's secret.</summary>
    public const string CookieSecretKey = "hmac-secret";

    private const string Field = "oauth2";

    public static Contract? Compile(Resources.Policies.Traffic.OAuth2Policy spec, IPolicySurroundings surroundings, string field)
    {
        if (surroundings.Extension(spec.ExtensionRef, $"{field}.extensionRef") is not { } extension)
            return null;
        if (extension.OAuth2 is not null)
            return Compile(extension, surroundings.Of(extension, $"{field}.extensionRef"));
        surroundings.Problem($"{field}.extensionRef", $"GatewayExtension \"{extension.Key}\" has no oauth2");
        return null;
    }

    /// <summary>Null when something that is needed cannot be had, which is reported.</summary>
    /// <param name="extension">With oauth2.</param>
    /// <param name="surroundings">The extension's.</param>
    public static Contract? Compile(GatewayExtension extension, IPolicySurroundings surroundings)
    {
        var provider = extension.OAuth2!;
        var cluster = surroundings.Cluster(provider.BackendRef, $"{Field}.backendRef");
        var jwksCluster = provider.Jwt?.JwksBackendRef is { } reference ? surroundings.Cluster(reference, $"{Field}.jwt.jwksBackendRef") : null;
        var secret = surroundings.Secret(provider.Credentials.ClientSecretRef.Name, null, $"{Field}.credentials.clientSecretRef");
        if (cluster is null || secret is null || (provider.Jwt?.JwksBackendRef is not null && jwksCluster is null))
            return null;
        if (!secret.Data.ContainsKey(SecretKey))
        {
            surroundings.Problem($"{Field}.credentials.clientSecretRef", $"Secret \"{secret.Key}\" has no key \"{SecretKey}\"");
            return null;
        }
        if (Cookies(provider.Cookies, surroundings) is not { } cookies || Matches(provider.DenyRedirect, surroundings) is not { } denyRedirect)
            return null;
        var policy = new Contract
        {
            Name = extension.Key.ToString(),
            Issuer = provider.IssuerUri,
            AuthorizationEndpoint = provider.AuthorizationEndpoint,
            TokenEndpoint = provider.TokenEndpoint,
            EndSessionEndpoint = provider.EndSessionEndpoint,
            JwksUri = provider.Jwt?.JwksUri,
            Cluster = cluster,
            JwksCluster = jwksCluster,
            ClientId = provider.Credentials.ClientId,
            ClientSecret = Text(secret, SecretKey),
            CookieSecret = secret.Data.ContainsKey(CookieSecretKey) ? Text(secret, CookieSecretKey) : null,
            RedirectUri = provider.RedirectUri,
            LogoutPath = provider.LogoutPath,
            ForwardAccessToken = provider.ForwardAccessToken,
            Scopes = provider.Scopes.Count == 0 ? ["user"] : provider.Scopes,
            Cookies = cookies,
            DenyRedirect = denyRedirect,
            AccessToken = Rules(provider.Jwt?.AccessToken),
            IdToken = Rules(provider.Jwt?.IdToken),
        };
        if (OAuth2PolicyCheck.Problem(policy) is not { } problem)
            return policy;
        surroundings.Problem($"{Field}.{problem.Field}", problem.Message);
        return null;
    }

    private static OAuth2CookieSettings? Cookies(OAuth2Cookies? cookies, IPolicySurroundings surroundings)
    {
        if (cookies is null)
            return new OAuth2CookieSettings();
        if (!Enum.TryParse<OAuth2SameSite>(cookies.SameSite, out var sameSite) || !Enum.IsDefined(sameSite))
        {
            surroundings.Problem($"{Field}.cookies.sameSite", $"\"{cookies.SameSite}\" must be one of {string.Join(", ", Enum.GetNames<OAuth2SameSite>())}");
            return null;
        }
        return new OAuth2CookieSettings
        {
            Domain = cookies.Domain,
            AccessTokenName = cookies.Names?.AccessToken,
            IdTokenName = cookies.Names?.IdToken,
            SameSite = sameSite,
            DisableAccessToken = cookies.DisableAccessTokenSetCookie,
            DisableIdToken = cookies.DisableIdTokenSetCookie,
            DisableRefreshToken = cookies.DisableRefreshTokenSetCookie,
        };
    }

    private static List<ValueMatch>? Matches(DenyRedirect? deny, IPolicySurroundings surroundings)
    {
        var matches = new List<ValueMatch>();
        foreach (HeaderMatcher header in deny?.Headers ?? [])
        {
            if (!Enum.TryParse<ValueMatchType>(header.Type, out var type) || !Enum.IsDefined(type))
            {
                surroundings.Problem($"{Field}.denyRedirect.headers", $"the type \"{header.Type}\" must be Exact or RegularExpression");
                return null;
            }
            matches.Add(new ValueMatch(header.Name.ToLowerInvariant(), type, header.Value));
        }
        return matches;
    }

    private static Configuration.Policies.OAuth2TokenRules? Rules(Resources.Policies.Extensions.OAuth2TokenRules? rules) => rules is null ? null : new()
    {
        Audiences = rules.Audiences,
        ClaimsToHeaders = [.. rules.ClaimsToHeaders.Select(claim => new Configuration.Policies.ClaimToHeader(claim.Name, claim.Header))],
    };

    // Files that Secrets are made of often end with a line feed.
    private static SecretText Text(Secret secret, string key) => new(Encoding.UTF8.GetString(secret.Data[key]).TrimEnd('\r', '\n'));
}
