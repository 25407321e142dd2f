namespace Sluice.Configuration.Policies;

/// <summary>
/// What is asked of a rule's requests before they are forwarded. The order is that of Envoy's stages whatever the order here: faults,
/// CORS, authentication, authorization, rate limits, then what concerns the request itself (CSRF, size).
/// </summary>
public sealed record RequestPolicies
{
    public FaultInjectionPolicy? FaultInjection { get; init; }

    public OAuth2Policy? OAuth2 { get; init; }

    public JwtPolicy? Jwt { get; init; }

    public BasicAuthPolicy? BasicAuth { get; init; }

    public ApiKeyPolicy? ApiKey { get; init; }

    public ExtAuthPolicy? ExtAuth { get; init; }

    public RbacPolicy? Rbac { get; init; }

    public AclPolicy? Acl { get; init; }

    /// <summary>Every one of them counts each request: that of the Gateway and that of the route.</summary>
    public IReadOnlyList<LocalRateLimitPolicy> LocalRateLimits { get; init; } = [];

    /// <summary>Every one of them is asked for each request.</summary>
    public IReadOnlyList<GlobalRateLimitPolicy> GlobalRateLimits { get; init; } = [];

    public CsrfPolicy? Csrf { get; init; }

    public BufferPolicy? Buffer { get; init; }

    public HeaderModifiersPolicy? HeaderModifiers { get; init; }

    public PathRegexRewrite? PathRegex { get; init; }
    public TransformationPolicy? Transformation { get; init; }

    public CompressionPolicy? Compression { get; init; }

    public DecompressionPolicy? Decompression { get; init; }
}
