using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Backends;

/// <summary>gateway.kgateway.dev/v1alpha1 BackendConfigPolicy: how backends are spoken with.</summary>
public sealed record BackendConfigPolicy : AttachedPolicy
{
    public override string Kind => "BackendConfigPolicy";

    /// <summary>How long a connect may take; 5s when absent.</summary>
    public TimeSpan? ConnectTimeout { get; init; }

    /// <summary>How names of endpoints are looked up.</summary>
    public DnsPolicy? Dns { get; init; }

    /// <summary>Bytes that wait in memory; 1 MiB when absent.</summary>
    public int? PerConnectionBufferLimitBytes { get; init; }

    /// <summary>Probes of idle connections.</summary>
    public TcpKeepalive? TcpKeepalive { get; init; }

    /// <summary>HTTP of every version.</summary>
    public CommonHttpOptions? CommonHttpProtocolOptions { get; init; }

    /// <summary>HTTP/1.1.</summary>
    public Http1Options? Http1ProtocolOptions { get; init; }

    /// <summary>HTTP/2.</summary>
    public Http2Options? Http2ProtocolOptions { get; init; }

    /// <summary>TLS.</summary>
    public BackendTlsSettings? Tls { get; init; }

    /// <summary>Which endpoint gets a request.</summary>
    public LoadBalancerPolicy? LoadBalancer { get; init; }

    /// <summary>Probes of endpoints.</summary>
    public HealthCheckPolicy? HealthCheck { get; init; }

    /// <summary>Endpoints that fail are left out for a while.</summary>
    public OutlierDetectionPolicy? OutlierDetection { get; init; }

    /// <summary>What may be under way.</summary>
    public CircuitBreakerPolicy? CircuitBreakers { get; init; }

    /// <summary>Connections begin with a PROXY protocol header.</summary>
    public UpstreamProxyProtocol? UpstreamProxyProtocol { get; init; }
}
