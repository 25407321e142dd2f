namespace Sluice.Resources.Policies.Extensions;

/// <summary>gateway.kgateway.dev/v1alpha1 GatewayExtension: a service that TrafficPolicies point at.</summary>
public sealed record GatewayExtension : PolicyObject
{
    public override string Kind => "GatewayExtension";

    /// <summary>Says what is there anyway.</summary>
    public string? Type { get; init; }

    /// <summary>Decides about requests.</summary>
    public ExtAuthProvider? ExtAuth { get; init; }

    /// <summary>Changes exchanges.</summary>
    public ExtProcProvider? ExtProc { get; init; }

    /// <summary>Keeps limits.</summary>
    public RateLimitProvider? RateLimit { get; init; }

    /// <summary>Whose tokens are taken.</summary>
    public JwtProviders? Jwt { get; init; }

    /// <summary>Logs users in.</summary>
    public OAuth2Provider? OAuth2 { get; init; }

    /// <summary>Assigns quotas.</summary>
    public RateLimitQuotaProvider? RateLimitQuota { get; init; }
}
