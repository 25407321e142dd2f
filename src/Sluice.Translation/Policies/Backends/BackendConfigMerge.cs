using Sluice.Resources.Policies.Backends;

namespace Sluice.Translation.Policies.Backends;

/// <summary>Merges BackendConfigPolicies for one target: each field at the top of spec is taken whole.</summary>
internal static class BackendConfigMerge
{
    /// <param name="first">Takes precedence.</param>
    /// <param name="second">Fills what the first one does not say.</param>
    public static BackendConfigPolicy Merge(BackendConfigPolicy first, BackendConfigPolicy second) => first with
    {
        Fields = [.. first.Fields.Union(second.Fields)],
        ConnectTimeout = first.ConnectTimeout ?? second.ConnectTimeout,
        Dns = first.Dns ?? second.Dns,
        PerConnectionBufferLimitBytes = first.PerConnectionBufferLimitBytes ?? second.PerConnectionBufferLimitBytes,
        TcpKeepalive = first.TcpKeepalive ?? second.TcpKeepalive,
        CommonHttpProtocolOptions = first.CommonHttpProtocolOptions ?? second.CommonHttpProtocolOptions,
        Http1ProtocolOptions = first.Http1ProtocolOptions ?? second.Http1ProtocolOptions,
        Http2ProtocolOptions = first.Http2ProtocolOptions ?? second.Http2ProtocolOptions,
        Tls = first.Tls ?? second.Tls,
        LoadBalancer = first.LoadBalancer ?? second.LoadBalancer,
        HealthCheck = first.HealthCheck ?? second.HealthCheck,
        OutlierDetection = first.OutlierDetection ?? second.OutlierDetection,
        CircuitBreakers = first.CircuitBreakers ?? second.CircuitBreakers,
        UpstreamProxyProtocol = first.UpstreamProxyProtocol ?? second.UpstreamProxyProtocol,
    };
}
