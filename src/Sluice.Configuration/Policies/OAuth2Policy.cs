namespace Sluice.Configuration.Policies;

/// <summary>
/// Users log in with a provider of OAuth 2 or OpenID Connect (GatewayExtension.spec.oauth2; RFC 6749, RFC 7636): requests without a
/// login are sent to the provider, and what comes of it is kept in encrypted cookies.
/// </summary>
public sealed record OAuth2Policy
{
    /// <summary>Path of the redirect that is expected when <see cref="RedirectUri"/> names none.</summary>
    public const string DefaultCallbackPath = "/oauth2/redirect";

    /// <summary>Octets that the secret that cookies are sealed with must have: 16.</summary>
    public const int MinSecretLength = 16;

    /// <summary>"namespace/name" of the GatewayExtension. Cookies of one name are of no use to a policy of another.</summary>
    public required string Name { get; init; }

    /// <summary>Endpoints that are not named here are looked up in this issuer's metadata (OpenID Connect Discovery 4). Null: they must be named.</summary>
    public string? Issuer { get; init; }

    /// <summary>Where users log in. Absolute, http or https; so are the others.</summary>
    public string? AuthorizationEndpoint { get; init; }

    public string? TokenEndpoint { get; init; }

    /// <summary>Where users log out (OpenID Connect RP-Initiated Logout). Null without metadata: they are only forgotten here.</summary>
    public string? EndSessionEndpoint { get; init; }

    /// <summary>Keys of the provider's tokens.</summary>
    public string? JwksUri { get; init; }

    /// <summary>
    /// The cluster that the token endpoint is asked through; issuer and keys too when their host has no address of its own. Null: by the
    /// addresses of their hosts.
    /// </summary>
    public string? Cluster { get; init; }

    /// <summary>The cluster that the keys are fetched through. Null: as the metadata.</summary>
    public string? JwksCluster { get; init; }

    public required string ClientId { get; init; }

    public required SecretText ClientSecret { get; init; }

    /// <summary>What the keys of the cookies are derived from. Null: <see cref="ClientSecret"/>. At least <see cref="MinSecretLength"/> octets.</summary>
    public SecretText? CookieSecret { get; init; }

    public OAuth2ClientAuthentication ClientAuthentication { get; init; }

    /// <summary>Absolute, without query. Null: scheme and host of the request with <see cref="DefaultCallbackPath"/>.</summary>
    public string? RedirectUri { get; init; }

    /// <summary>A path that logs out.</summary>
    public string LogoutPath { get; init; } = "/logout";

    /// <summary>The backend gets the access token as "Authorization: Bearer". Default false.</summary>
    public bool ForwardAccessToken { get; init; }

    /// <summary>What is asked for. With "openid" there must be an ID token.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = ["user"];

    public OAuth2CookieSettings Cookies { get; init; } = new();

    /// <summary>Requests that have all of these fields get 401 instead of a redirect. Empty: none.</summary>
    public IReadOnlyList<ValueMatch> DenyRedirect { get; init; } = [];

    /// <summary>What the access token must be like, which then must be a JSON Web Token. Null: anything.</summary>
    public OAuth2TokenRules? AccessToken { get; init; }

    /// <summary>What the ID token must be like beyond what OpenID Connect asks of it.</summary>
    public OAuth2TokenRules? IdToken { get; init; }
}
