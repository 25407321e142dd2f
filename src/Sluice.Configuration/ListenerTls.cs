namespace Sluice.Configuration;

/// <summary>TLS of a listener with protocol <see cref="ListenerProtocol.Https"/> or <see cref="ListenerProtocol.Tls"/>.</summary>
public sealed record ListenerTls
{
    public required TlsMode Mode { get; init; }

    /// <summary>
    /// With <see cref="TlsMode.Terminate"/>: at least one. The client gets the first whose names match the server name that it
    /// asks for and whose kind of key it can use, otherwise the first that it can use.
    /// </summary>
    public IReadOnlyList<TlsCertificate> Certificates { get; init; } = [];

    /// <summary>Default: TLS 1.2.</summary>
    public TlsVersion MinimumVersion { get; init; } = TlsVersion.Tls12;

    /// <summary>Default: TLS 1.3.</summary>
    public TlsVersion MaximumVersion { get; init; } = TlsVersion.Tls13;

    /// <summary>IANA or OpenSSL names, in order of preference, of TLS 1.2 and 1.3 alike. Empty: the data plane's own list.</summary>
    public IReadOnlyList<string> CipherSuites { get; init; } = [];

    /// <summary>Groups for key exchange in order of preference, such as "X25519" and "P-256". Empty: the data plane's own list.</summary>
    public IReadOnlyList<string> Curves { get; init; } = [];

    /// <summary>
    /// Application protocols (RFC 7301) in order of preference. Null: "h2" and "http/1.1" for HTTPS, none for TLS. Empty: the
    /// extension is not answered.
    /// </summary>
    public IReadOnlyList<string>? AlpnProtocols { get; init; }

    /// <summary>Null: no certificate is asked of clients.</summary>
    public ClientValidation? ClientValidation { get; init; }
}
