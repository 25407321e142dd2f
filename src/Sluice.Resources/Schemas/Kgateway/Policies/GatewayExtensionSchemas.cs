using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Extensions"/> holds of the same names.</summary>
internal static class GatewayExtensionSchemas
{
    /// <summary>spec of a GatewayExtension.</summary>
    public static SchemaNode Spec { get; } = Object(
        Optional("type", Word("ExtAuth ExtProc RateLimit JWT OAuth2"), "Says what is there anyway."),
        Optional("extAuth", ServerSchemas.ExtAuthProvider, "Decides about requests."),
        Optional("extProc", ServerSchemas.ExtProcProvider, "Changes exchanges."),
        Optional("rateLimit", ServerSchemas.RateLimitProvider, "Keeps limits."),
        Optional("jwt", TokenSchemas.JwtProviders, "Whose tokens are taken."),
        Optional("oauth2", TokenSchemas.OAuth2Provider, "Logs users in."),
        Optional("rateLimitQuota", ServerSchemas.RateLimitQuotaProvider, "Assigns quotas."))
        .OneOf("extAuth extProc rateLimit jwt oauth2 rateLimitQuota");
}
