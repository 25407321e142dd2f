using Sluice.Configuration;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Tls;
using Sluice.Proxy.Tls.Native;
using Sluice.Proxy.Tls.Server;

namespace Sluice.Proxy.Local;

/// <summary>
/// TLS of a local listener, whatever server name a client asks for: h2 and http/1.1. Its certificate can be replaced while it
/// serves: handshakes from then on show the new one, connections that are there go on.
/// </summary>
public sealed class LocalTls
{
    private readonly string _name;
    private readonly TicketKeys _tickets = new();
    private readonly RuntimeListener _listener;

    /// <param name="name">Tells the sessions of one listener from those of another.</param>
    /// <param name="certificate">With its key; shown first.</param>
    /// <exception cref="ArgumentException">The certificate cannot be used. The message says why.</exception>
    public LocalTls(string name, TlsCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        _name = name;
        var source = SourceOf(certificate);
        _listener = new RuntimeListener(source, HostTable<RuntimeVirtualHost>.Create([], [])) { Tls = Create(source) };
        Certificate = certificate;
        Table = new PortTable(ListenerTable.Create([_listener]), []);
    }

    /// <summary>The one that is shown now.</summary>
    public TlsCertificate Certificate { get; private set; }

    /// <summary>What handshakes find the certificate by.</summary>
    internal PortTable Table { get; }

    /// <summary>Shows another certificate from now on.</summary>
    /// <exception cref="ArgumentException">It cannot be used, so the one before is still shown. The message says why.</exception>
    public void Replace(TlsCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        _listener.Tls = Create(SourceOf(certificate));
        Certificate = certificate;
    }

    private Listener SourceOf(TlsCertificate certificate) => new()
    {
        Name = _name,
        Port = 0,
        BindPort = 0,
        Protocol = ListenerProtocol.Https,
        Hostname = "",
        Tls = new ListenerTls { Mode = TlsMode.Terminate, Certificates = [certificate] },
    };

    private ServerTls Create(Listener source)
    {
        if (OpenSslLibrary.Problem is { } missing)
            throw new ArgumentException(missing);
        try
        {
            return ServerTls.Create("", source, _tickets, new Dictionary<TlsCertificate, Tls.Certificates.CertificateFacts>(ReferenceEqualityComparer.Instance));
        }
        catch (TlsMaterialException exception)
        {
            throw new ArgumentException(exception.Message, exception);
        }
    }
}
