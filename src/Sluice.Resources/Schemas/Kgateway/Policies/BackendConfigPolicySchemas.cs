using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Backends"/> holds of the same names.</summary>
internal static class BackendConfigPolicySchemas
{
    private const string TargetKinds = "Service gateway.kgateway.dev/Backend networking.istio.io/ServiceEntry networking.istio.io/Hostname";

    /// <summary>spec of a BackendConfigPolicy.</summary>
    public static SchemaNode Spec { get; } = Object(
        PolicyShapes.TargetRefs(TargetKinds),
        PolicyShapes.TargetSelectors(TargetKinds),
        Optional("connectTimeout", PolicyShapes.DurationOf("1ms"), "How long a connect may take; 5s when absent."),
        Optional("dns", ConnectionSchemas.DnsPolicy, "How names of endpoints are looked up."),
        Optional("perConnectionBufferLimitBytes", Integer(0), "Bytes that wait in memory; 1 MiB when absent."),
        Optional("tcpKeepalive", CommonPolicySchemas.TcpKeepalive, "Probes of idle connections."),
        Optional("commonHttpProtocolOptions", ConnectionSchemas.CommonHttpOptions, "HTTP of every version."),
        Optional("http1ProtocolOptions", ConnectionSchemas.Http1Options, "HTTP/1.1."),
        Optional("http2ProtocolOptions", ConnectionSchemas.Http2Options, "HTTP/2."),
        Optional("tls", ConnectionSchemas.BackendTlsSettings, "TLS."),
        Optional("loadBalancer", BalancingSchemas.LoadBalancerPolicy, "Which endpoint gets a request."),
        Optional("healthCheck", HealthSchemas.HealthCheckPolicy, "Probes of endpoints."),
        Optional("outlierDetection", HealthSchemas.OutlierDetectionPolicy, "Endpoints that fail are left out for a while."),
        Optional("circuitBreakers", HealthSchemas.CircuitBreakerPolicy, "What may be under way."),
        Optional("upstreamProxyProtocol", ConnectionSchemas.UpstreamProxyProtocol, "Connections begin with a PROXY protocol header."));
}
