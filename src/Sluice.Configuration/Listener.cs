using Sluice.Configuration.Listeners;

namespace Sluice.Configuration;

/// <summary>
/// One listener of a Gateway or of a ListenerSet. Listeners on the same port share sockets; a request belongs to exactly one of
/// them, the one with the most specific <see cref="Hostname"/> that matches, and never falls back to another (GEP-1364, listener
/// isolation). With TLS the server name chooses the listener.
/// </summary>
public sealed record Listener
{
    /// <summary>The section name in the Gateway; for a listener of a ListenerSet "namespace/set/section".</summary>
    public required string Name { get; init; }

    /// <summary>The port that the Gateway states (spec.listeners[].port): what redirects name and clients see.</summary>
    public required int Port { get; init; }

    /// <summary>The port that is bound: <see cref="Port"/> unless an offset is configured.</summary>
    public required int BindPort { get; init; }

    public required ListenerProtocol Protocol { get; init; }

    /// <summary>Lower case. "" matches every host, "*.example.com" one or more labels in front, else exact.</summary>
    public required string Hostname { get; init; }

    /// <summary>
    /// For HTTP and HTTPS, unique by hostname. Those that match a request's host are tried from the most specific to the least; when no entry of any
    /// of them matches, the answer is 404.
    /// </summary>
    public IReadOnlyList<VirtualHost> VirtualHosts { get; init; } = [];

    /// <summary>
    /// Number of proxies in front that are trusted (0: none). With 0, X-Forwarded-For, -Proto, -Host and Forwarded of the
    /// client are discarded, and the X-Forwarded fields written anew; with N, X-Forwarded-For is kept and extended by the
    /// peer's address, and the others are kept as they are.
    /// </summary>
    public int TrustedHops { get; init; }

    /// <summary>Set for <see cref="ListenerProtocol.Https"/> and <see cref="ListenerProtocol.Tls"/>.</summary>
    public ListenerTls? Tls { get; init; }

    /// <summary>
    /// For <see cref="ListenerProtocol.Tls"/>, unique by hostname; the most specific that matches the server name wins. A connection
    /// that none matches is closed without a word of TLS.
    /// </summary>
    public IReadOnlyList<TlsHost> TlsHosts { get; init; } = [];

    /// <summary>For <see cref="ListenerProtocol.Tcp"/> and <see cref="ListenerProtocol.Udp"/>: null closes every connection and drops every datagram.</summary>
    public StreamRoute? Stream { get; init; }

    /// <summary>Null: connections begin with what the listener's protocol begins with. Listeners of one port agree.</summary>
    public ProxyProtocolAcceptance? ProxyProtocol { get; init; }

    /// <summary>Null: connections are as the data plane's limits have them.</summary>
    public ConnectionSettings? Connection { get; init; }

    /// <summary>For HTTP and HTTPS. Null: HTTP is spoken as on every listener.</summary>
    public HttpSettings? Http { get; init; }
}
