namespace Sluice.Configuration.Policies;

/// <summary>
/// What is asked of a rule's requests before they are forwarded. The order is that of Envoy's stages whatever the order here: faults,
/// CORS, authentication, authorization, rate limits, then what concerns the request itself (CSRF, size).
/// </summary>
public sealed record RequestPolicies
{
    public FaultInjectionPolicy? FaultInjection { get; init; }

    public JwtPolicy? Jwt { get; init; }

    public BasicAuthPolicy? BasicAuth { get; init; }

    public ApiKeyPolicy? ApiKey { get; init; }

    public RbacPolicy? Rbac { get; init; }

    public AclPolicy? Acl { get; init; }

    /// <summary>Every one of them counts each request: that of the Gateway and that of the route.</summary>
    public IReadOnlyList<LocalRateLimitPolicy> LocalRateLimits { get; init; } = [];

    public CsrfPolicy? Csrf { get; init; }

    public BufferPolicy? Buffer { get; init; }
}
