namespace Sluice.Configuration;

/// <summary>
/// One destination with its endpoints. The name is its identity (Service, port and TLS settings, never the route): pools and
/// endpoint state live on as long as a configuration names it.
/// </summary>
public sealed record Cluster
{
    /// <summary>
    /// "namespace/service:port", with what sets clusters of one Service port apart behind it: "/h2" for
    /// <see cref="UpstreamProtocol.Http2"/>, "/udp" for datagrams, "/tls" when there is <see cref="Tls"/>, and "/proxy=v1" or
    /// "/proxy=v2". How TLS is spoken is no part of it: other settings are another instance of <see cref="UpstreamTls"/>.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>May be empty: requests are then answered with 503.</summary>
    public required IReadOnlyList<Endpoint> Endpoints { get; init; }

    public LoadBalancing LoadBalancing { get; init; } = LoadBalancing.RoundRobin;

    public UpstreamProtocol Protocol { get; init; } = UpstreamProtocol.Http1;

    /// <summary>Null: in cleartext.</summary>
    public UpstreamTls? Tls { get; init; }

    /// <summary>Sent at the beginning of every connection. For streams only: a connection with requests of many clients has no one to name.</summary>
    public ProxyProtocolVersion ProxyProtocol { get; init; }

    /// <summary>How long a connect may take before the next endpoint is tried. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = DefaultConnectTimeout;

    public static TimeSpan DefaultConnectTimeout { get; } = TimeSpan.FromSeconds(5);
}
