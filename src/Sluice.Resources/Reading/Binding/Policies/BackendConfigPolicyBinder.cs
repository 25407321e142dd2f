using Sluice.Resources.Policies.Backends;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class BackendConfigPolicyBinder
{
    public static BackendConfigPolicy Read(PolicyNode node, ObjectMeta metadata, IReadOnlyList<string> fields) => new()
    {
        Metadata = metadata,
        Fields = fields,
        TargetRefs = PolicyTargets.References(node),
        TargetSelectors = PolicyTargets.Selectors(node),
        ConnectTimeout = node.Time("connectTimeout"),
        Dns = node.Part("dns", ConnectionBinder.DnsPolicy),
        PerConnectionBufferLimitBytes = node.Number("perConnectionBufferLimitBytes"),
        TcpKeepalive = node.Part("tcpKeepalive", CommonPolicyBinder.TcpKeepalive),
        CommonHttpProtocolOptions = node.Part("commonHttpProtocolOptions", ConnectionBinder.CommonHttpOptions),
        Http1ProtocolOptions = node.Part("http1ProtocolOptions", ConnectionBinder.Http1Options),
        Http2ProtocolOptions = node.Part("http2ProtocolOptions", ConnectionBinder.Http2Options),
        Tls = node.Part("tls", ConnectionBinder.BackendTlsSettings),
        LoadBalancer = node.Part("loadBalancer", BalancingBinder.LoadBalancerPolicy),
        HealthCheck = node.Part("healthCheck", HealthBinder.HealthCheckPolicy),
        OutlierDetection = node.Part("outlierDetection", HealthBinder.OutlierDetectionPolicy),
        CircuitBreakers = node.Part("circuitBreakers", HealthBinder.CircuitBreakerPolicy),
        UpstreamProxyProtocol = node.Part("upstreamProxyProtocol", ConnectionBinder.UpstreamProxyProtocol),
    };
}
