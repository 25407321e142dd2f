using Sluice.Resources.Reading.Binding.Policies;
using Sluice.Resources.Schemas.GatewayApi;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Extensions"/> holds of the same names.</summary>
internal static class TokenSchemas
{
    public static SchemaNode TokenHeader { get; } = Object(
        Required("header", NameSchemas.HeaderName, "The field."),
        Optional("prefix", Text(0, 256), "What stands before the token."));

    public static SchemaNode TokenSource { get; } = Object(
        Optional("header", TokenHeader, "In a field."),
        Optional("queryParameter", Text(1, 256), "In the query."))
        .OneOf("header queryParameter");

    public static SchemaNode ClaimToHeader { get; } = Object(
        Required("name", Text(1, 256), "The claim."),
        Required("header", NameSchemas.HeaderName, "The field."));

    public static SchemaNode ConfigMapReference { get; } = Object(
        Required("name", NameSchemas.ObjectName, "Its name."));

    public static SchemaNode LocalJwks { get; } = Object(
        Optional("inline", Text(1, 65536), "The key set as JSON."),
        Optional("configMapRef", ConfigMapReference, "A ConfigMap with the key set under jwks."))
        .OneOf("inline configMapRef");

    public static SchemaNode AsyncFetch { get; } = Object(
        Optional("fastListener", Flag, "Whether listeners do not wait for them."),
        Optional("failedRefetchDuration", PolicyShapes.Duration.Default("\"1s\""), "Pause after a failure."));

    public static SchemaNode JwksRetry { get; } = Object(
        Optional("numRetries", Integer(0).Default("1"), "Tries after the first."),
        Optional("backOff", CommonPolicySchemas.Backoff, "Pauses between them."));

    public static SchemaNode RemoteJwks { get; } = Object(
        Required("url", Text(1, 2048, "^https?://.+") with { Check = PolicyNames.HttpUrl }, "Where from."),
        Required("backendRef", PolicyShapes.Backend, "The Service or Backend that is asked."),
        Optional("cacheDuration", PolicyShapes.Duration.Default("\"5m\""), "How long they are kept."),
        Optional("asyncFetch", AsyncFetch, "Whether they are fetched before they are needed."),
        Optional("retryPolicy", JwksRetry, "Null: once."));

    public static SchemaNode JwksSource { get; } = Object(
        Optional("local", LocalJwks, "From the cluster."),
        Optional("remote", RemoteJwks, "From a server."))
        .OneOf("local remote");

    public static SchemaNode JwtProvider { get; } = Object(
        Required("name", Text(1, 253), "For logs."),
        Optional("issuer", Text(1, 2048), "The claim iss. Null: any."),
        Optional("audiences", Set(Text(1, 2048), 32), "The claim aud: one of them. Empty: any."),
        Optional("tokenSource", TokenSource, "Null: Authorization with Bearer, or access_token in the query."),
        Optional("claimsToHeaders", List(ClaimToHeader, max: 32), "Claims that backends are told."),
        Required("jwks", JwksSource, "The keys."),
        Optional("forwardToken", Flag.Default("false"), "Whether backends get the token."));

    public static SchemaNode JwtProviders { get; } = Object(
        Optional("validationMode", Word("Strict AllowMissing").Default("\"Strict\""), "Whether requests without a token pass."),
        Required("providers", Keyed("name", JwtProvider, 1, 32), "One must accept the token."));

    public static SchemaNode ClientSecretReference { get; } = Object(
        Required("name", NameSchemas.ObjectName, "Its name."));

    public static SchemaNode OAuth2Credentials { get; } = Object(
        Required("clientID", Text(1, 1024), "Our identifier."),
        Required("clientSecretRef", ClientSecretReference, "Our secret."));

    public static SchemaNode OAuth2CookieNames { get; } = Object(
        Optional("accessToken", Text(1, 256), "With the access token."),
        Optional("idToken", Text(1, 256), "With the ID token."));

    public static SchemaNode OAuth2Cookies { get; } = Object(
        Optional("domain", Text(1, 253), "Their domain."),
        Optional("names", OAuth2CookieNames, "Their names."),
        Optional("sameSite", Word("Lax Strict None").Default("\"Lax\""), "Whether other sites send them."),
        Optional("disableAccessTokenSetCookie", Flag, "Whether there is none for the access token."),
        Optional("disableIDTokenSetCookie", Flag, "Whether there is none for the ID token."),
        Optional("disableRefreshTokenSetCookie", Flag, "Whether there is none for the refresh token."));

    public static SchemaNode DenyRedirect { get; } = Object(
        Required("headers", List(CommonPolicySchemas.HeaderMatcher, 1, 16), "All must match."));

    public static SchemaNode OAuth2TokenRules { get; } = Object(
        Optional("audiences", Set(Text(1, 2048), 32), "The claim aud: one of them."),
        Optional("claimsToHeaders", List(ClaimToHeader, max: 32), "Claims that backends are told."));

    public static SchemaNode OAuth2Jwt { get; } = Object(
        Optional("jwksURI", Text(1, 2048, "^https?://.+") with { Check = PolicyNames.HttpUrl }, "Where the keys are."),
        Optional("jwksBackendRef", PolicyShapes.Backend, "The Service or Backend that is asked."),
        Optional("accessToken", OAuth2TokenRules, "Of the access token."),
        Optional("idToken", OAuth2TokenRules, "Of the ID token."));

    public static SchemaNode OAuth2Provider { get; } = Object(
        Required("backendRef", PolicyShapes.Backend, "The Service or Backend of the provider."),
        Optional("issuerURI", Text(1, 2048, "^https?://.+") with { Check = PolicyNames.HttpUrl }, "Where its metadata is."),
        Optional("authorizationEndpoint", Text(1, 2048, "^https?://.+") with { Check = PolicyNames.HttpUrl }, "Where users log in."),
        Optional("tokenEndpoint", Text(1, 2048, "^https?://.+") with { Check = PolicyNames.HttpUrl }, "Where tokens are got."),
        Optional("endSessionEndpoint", Text(1, 2048, "^https?://.+") with { Check = PolicyNames.HttpUrl }, "Where users log out."),
        Required("credentials", OAuth2Credentials, "Who we are."),
        Optional("redirectURI", Text(1, 2048), "Null means \"scheme://host/oauth2/redirect\" of the request."),
        Optional("logoutPath", Text(1, 1024).Default("\"/logout\""), "A path that logs out."),
        Optional("forwardAccessToken", Flag, "Whether backends get the access token."),
        Optional("scopes", Set(Text(1, 256), 32), "What is asked for. Empty means user."),
        Optional("cookies", OAuth2Cookies, "The cookies that hold the login."),
        Optional("denyRedirect", DenyRedirect, "Requests that get 401 instead."),
        Optional("jwt", OAuth2Jwt, "Tokens that are checked."))
        .HasEndpoints();
}
