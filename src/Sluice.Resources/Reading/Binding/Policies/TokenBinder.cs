using Sluice.Resources.Policies.Extensions;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class TokenBinder
{
    public static TokenHeader TokenHeader(PolicyNode node) => new()
    {
        Header = node.Need("header"),
        Prefix = node.Text("prefix"),
    };

    public static TokenSource TokenSource(PolicyNode node) => new()
    {
        Header = node.Part("header", TokenHeader),
        QueryParameter = node.Text("queryParameter"),
    };

    public static ClaimToHeader ClaimToHeader(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        Header = node.Need("header"),
    };

    public static ConfigMapReference ConfigMapReference(PolicyNode node) => new()
    {
        Name = node.Need("name"),
    };

    public static LocalJwks LocalJwks(PolicyNode node) => new()
    {
        Inline = node.Text("inline"),
        ConfigMapRef = node.Part("configMapRef", ConfigMapReference),
    };

    public static AsyncFetch AsyncFetch(PolicyNode node) => new()
    {
        FastListener = node.Flag("fastListener"),
        FailedRefetchDuration = node.NeedTime("failedRefetchDuration"),
    };

    public static JwksRetry JwksRetry(PolicyNode node) => new()
    {
        NumRetries = node.NeedNumber("numRetries"),
        BackOff = node.Part("backOff", CommonPolicyBinder.Backoff),
    };

    public static RemoteJwks RemoteJwks(PolicyNode node) => new()
    {
        Url = node.Need("url"),
        BackendRef = node.NeedPart("backendRef", PolicyReferences.Backend),
        CacheDuration = node.NeedTime("cacheDuration"),
        AsyncFetch = node.Part("asyncFetch", AsyncFetch),
        RetryPolicy = node.Part("retryPolicy", JwksRetry),
    };

    public static JwksSource JwksSource(PolicyNode node) => new()
    {
        Local = node.Part("local", LocalJwks),
        Remote = node.Part("remote", RemoteJwks),
    };

    public static JwtProvider JwtProvider(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        Issuer = node.Text("issuer"),
        Audiences = node.Texts("audiences"),
        TokenSource = node.Part("tokenSource", TokenSource),
        ClaimsToHeaders = node.List("claimsToHeaders", ClaimToHeader),
        Jwks = node.NeedPart("jwks", JwksSource),
        ForwardToken = node.Flag("forwardToken"),
    };

    public static JwtProviders JwtProviders(PolicyNode node) => new()
    {
        ValidationMode = node.Need("validationMode"),
        Providers = node.List("providers", JwtProvider),
    };

    public static ClientSecretReference ClientSecretReference(PolicyNode node) => new()
    {
        Name = node.Need("name"),
    };

    public static OAuth2Credentials OAuth2Credentials(PolicyNode node) => new()
    {
        ClientId = node.Need("clientID"),
        ClientSecretRef = node.NeedPart("clientSecretRef", ClientSecretReference),
    };

    public static OAuth2CookieNames OAuth2CookieNames(PolicyNode node) => new()
    {
        AccessToken = node.Text("accessToken"),
        IdToken = node.Text("idToken"),
    };

    public static OAuth2Cookies OAuth2Cookies(PolicyNode node) => new()
    {
        Domain = node.Text("domain"),
        Names = node.Part("names", OAuth2CookieNames),
        SameSite = node.Need("sameSite"),
        DisableAccessTokenSetCookie = node.Flag("disableAccessTokenSetCookie"),
        DisableIdTokenSetCookie = node.Flag("disableIDTokenSetCookie"),
        DisableRefreshTokenSetCookie = node.Flag("disableRefreshTokenSetCookie"),
    };

    public static DenyRedirect DenyRedirect(PolicyNode node) => new()
    {
        Headers = node.List("headers", CommonPolicyBinder.HeaderMatcher),
    };

    public static OAuth2TokenRules OAuth2TokenRules(PolicyNode node) => new()
    {
        Audiences = node.Texts("audiences"),
        ClaimsToHeaders = node.List("claimsToHeaders", ClaimToHeader),
    };

    public static OAuth2Jwt OAuth2Jwt(PolicyNode node) => new()
    {
        JwksUri = node.Text("jwksURI"),
        JwksBackendRef = node.Part("jwksBackendRef", PolicyReferences.Backend),
        AccessToken = node.Part("accessToken", OAuth2TokenRules),
        IdToken = node.Part("idToken", OAuth2TokenRules),
    };

    public static OAuth2Provider OAuth2Provider(PolicyNode node) => new()
    {
        BackendRef = node.NeedPart("backendRef", PolicyReferences.Backend),
        IssuerUri = node.Text("issuerURI"),
        AuthorizationEndpoint = node.Text("authorizationEndpoint"),
        TokenEndpoint = node.Text("tokenEndpoint"),
        EndSessionEndpoint = node.Text("endSessionEndpoint"),
        Credentials = node.NeedPart("credentials", OAuth2Credentials),
        RedirectUri = node.Text("redirectURI"),
        LogoutPath = node.Need("logoutPath"),
        ForwardAccessToken = node.Flag("forwardAccessToken"),
        Scopes = node.Texts("scopes"),
        Cookies = node.Part("cookies", OAuth2Cookies),
        DenyRedirect = node.Part("denyRedirect", DenyRedirect),
        Jwt = node.Part("jwt", OAuth2Jwt),
    };
}
