namespace Sluice.Configuration;

/// <summary>What a listener speaks (Gateway API ProtocolType, those that the data plane serves).</summary>
public enum ListenerProtocol
{
    Http,

    /// <summary>HTTP over TLS that ends here.</summary>
    Https,

    /// <summary>TLS that is passed through to a backend, or ends here and is relayed as plain bytes (<see cref="ListenerTls.Mode"/>).</summary>
    Tls,

    Tcp,

    Udp,
}
