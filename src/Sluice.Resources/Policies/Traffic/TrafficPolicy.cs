using System.Text.Json;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>gateway.kgateway.dev/v1alpha1 TrafficPolicy: what happens to requests of Gateways, listeners, routes and rules.</summary>
public sealed record TrafficPolicy : AttachedPolicy
{
    public override string Kind => "TrafficPolicy";

    /// <summary>Changes of messages by templates.</summary>
    public TransformationPolicy? Transformation { get; init; }

    /// <summary>A service that changes exchanges.</summary>
    public ExtProcPolicy? ExtProc { get; init; }

    /// <summary>A service that decides whether requests pass.</summary>
    public ExtAuthPolicy? ExtAuth { get; init; }

    /// <summary>Limits of the number of requests.</summary>
    public RateLimitPolicy? RateLimit { get; init; }

    /// <summary>Who may read answers in a browser.</summary>
    public CorsPolicySettings? Cors { get; init; }

    /// <summary>Changing requests from other sites are refused.</summary>
    public CsrfPolicy? Csrf { get; init; }

    /// <summary>Changes of header fields.</summary>
    public HeaderModifiersPolicy? HeaderModifiers { get; init; }

    /// <summary>Whether backends get their own name as Host.</summary>
    public bool? AutoHostRewrite { get; init; }

    /// <summary>The whole request is read before it goes on.</summary>
    public BufferPolicy? Buffer { get; init; }

    /// <summary>Limits of time.</summary>
    public TimeoutPolicy? Timeouts { get; init; }

    /// <summary>When a request is sent again.</summary>
    public RetryPolicySettings? Retry { get; init; }

    /// <summary>Redirects of backends that are followed.</summary>
    public InternalRedirectPolicy? InternalRedirect { get; init; }

    /// <summary>Requests are let in by expressions.</summary>
    public RbacPolicy? Rbac { get; init; }

    /// <summary>A JSON Web Token is asked for.</summary>
    public JwtAuthPolicy? JwtAuth { get; init; }

    /// <summary>Another path for the backend.</summary>
    public UrlRewritePolicy? UrlRewrite { get; init; }

    /// <summary>Compression of bodies.</summary>
    public CompressionPolicy? Compression { get; init; }

    /// <summary>A user and password are asked for.</summary>
    public BasicAuthPolicy? BasicAuth { get; init; }

    /// <summary>A key is asked for.</summary>
    public ApiKeyAuthPolicy? ApiKeyAuth { get; init; }

    /// <summary>Users are logged in.</summary>
    public OAuth2Policy? OAuth2 { get; init; }

    /// <summary>What is different about traces.</summary>
    public RouteTracing? Tracing { get; init; }

    /// <summary>Faults, for tests.</summary>
    public FaultInjectionPolicy? FaultInjection { get; init; }

    /// <summary>Clients are let in by their addresses.</summary>
    public AclPolicy? Acl { get; init; }

    /// <summary>A name under which requests are counted.</summary>
    public string? StatPrefix { get; init; }

    /// <summary>What copies of requests look like.</summary>
    public RequestMirrorPolicy? RequestMirror { get; init; }

    /// <summary>Of kgateway 2.1: prompts and their guards.</summary>
    public JsonElement? Ai { get; init; }
}
