using Sluice.Resources.Policies.Extensions;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class GatewayExtensionBinder
{
    public static GatewayExtension Read(PolicyNode node, ObjectMeta metadata, IReadOnlyList<string> fields) => new()
    {
        Metadata = metadata,
        Fields = fields,
        Type = node.Text("type"),
        ExtAuth = node.Part("extAuth", ServerBinder.ExtAuthProvider),
        ExtProc = node.Part("extProc", ServerBinder.ExtProcProvider),
        RateLimit = node.Part("rateLimit", ServerBinder.RateLimitProvider),
        Jwt = node.Part("jwt", TokenBinder.JwtProviders),
        OAuth2 = node.Part("oauth2", TokenBinder.OAuth2Provider),
        RateLimitQuota = node.Part("rateLimitQuota", ServerBinder.RateLimitQuotaProvider),
    };
}
