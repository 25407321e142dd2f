using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Listeners;

/// <summary>What holds for listeners.</summary>
public sealed record ListenerSettings
{
    /// <summary>Present: connections begin with a PROXY protocol header.</summary>
    public ProxyProtocolPolicy? ProxyProtocol { get; init; }

    /// <summary>Probes of idle connections.</summary>
    public TcpKeepalive? TcpKeepalive { get; init; }

    /// <summary>Bytes that wait in memory; 1 MiB when absent.</summary>
    public int? PerConnectionBufferLimitBytes { get; init; }

    /// <summary>How long a TLS handshake may take.</summary>
    public TimeSpan? TransportSocketConnectTimeout { get; init; }

    /// <summary>Asks clients for certificates.</summary>
    public ClientCertificatePolicy? ClientCertificateValidation { get; init; }

    /// <summary>How HTTP is spoken.</summary>
    public HttpSettings? HttpSettings { get; init; }
}
