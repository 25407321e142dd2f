namespace Sluice.Resources.GatewayApi;

/// <summary>API groups as they stand in apiVersion and in references.</summary>
public static class GatewayApiGroup
{
    public const string Name = "gateway.networking.k8s.io";
    public const string Kgateway = "gateway.kgateway.dev";

    /// <summary>Of RateLimitFilter.</summary>
    public const string EnvoyGateway = "gateway.envoyproxy.io";

    /// <summary>Of AuthConfig, DynamicForwardProxy, AIGateway and PromptGuard.</summary>
    public const string Solo = "gateway.solo.io";
}
