using Sluice.Configuration.Listeners;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Tls.Certificates;
using Sluice.Proxy.Tls.Native;
using Sluice.Proxy.Tls.Server;

namespace Sluice.Proxy.Tls;

/// <content>The server's side: the listener that the client asked for by name, and the certificate that it showed.</content>
internal sealed unsafe partial class TlsSession
{
    private byte[] _serverName = [];
    private PortTable? _table;
    private RuntimeListener? _listener;
    private bool _hasInvalidCertificate;
    private ForwardClientCert? _formattedFor;
    private byte[] _formatted = [];

    /// <summary>The listener's TLS that the handshake began with; null on a client's side.</summary>
    public ServerTls? Server { get; private set; }

    /// <summary>The certificate that the client gets.</summary>
    public ServerCertificate? Certificate { get; private set; }

    /// <summary>The name that the client asked for; empty when it named none.</summary>
    public ReadOnlySpan<byte> ServerName => _serverName;

    /// <summary>What backends are told of the client's certificate (<see cref="ClientCertificateField"/>); empty unless it was verified.</summary>
    public byte[] ClientCertificate { get; private set; } = [];

    /// <summary>Before the handshake of a client that has said which server it wants.</summary>
    public void BeginServer(ServerTls tls, ServerCertificate certificate, ReadOnlySpan<byte> serverName, PortTable table, RuntimeListener listener)
    {
        Server = tls;
        Certificate = certificate;
        _serverName = serverName.ToArray();
        _table = table;
        _listener = listener;
        Ssl.SSL_set_accept_state(_ssl);
    }

    /// <summary>
    /// The listener that the connection belongs to in this table: a new configuration may have changed it, or have none. One that asks
    /// more of clients than the handshake did is none for this connection.
    /// </summary>
    public RuntimeListener? ListenerIn(PortTable table)
    {
        if (table == _table)
            return _listener;
        _table = table;
        _listener = table.Listeners.FindByServerName(_serverName);
        if (_listener?.Tls is { AsksForCertificate: true } tls && !tls.AsksAs(Server!))
            _listener = null;
        return _listener;
    }

    /// <summary>After the handshake: reads the client's certificate, if it showed one that was verified.</summary>
    public void NoteClientCertificate()
    {
        if (Server is not { AsksForCertificate: true } || _hasInvalidCertificate || Ssl.SSL_get_verify_result(_ssl) != SslConstants.X509_V_OK)
            return;
        var certificate = Ssl.SSL_get1_peer_certificate(_ssl);
        if (certificate == 0)
            return;
        ClientCertificate = ClientCertificateField.Format(certificate);
        Crypto.X509_free(certificate);
    }

    /// <summary>As <see cref="ClientCertificate"/>, with what a listener's settings say of it. Made once for as long as they stay.</summary>
    public byte[] ClientCertificateAs(ForwardClientCert details)
    {
        if (ClientCertificate.Length == 0)
            return [];
        if (ReferenceEquals(_formattedFor, details))
            return _formatted;
        var certificate = Ssl.SSL_get1_peer_certificate(_ssl);
        if (certificate == 0)
            return [];
        _formatted = ClientCertificateField.Format(certificate, Ssl.SSL_get_peer_cert_chain(_ssl), details);
        Crypto.X509_free(certificate);
        _formattedFor = details;
        return _formatted;
    }

    internal void NoteInvalidClientCertificate() => _hasInvalidCertificate = true;

    private void CloseServer()
    {
        Server = null;
        Certificate = null;
        ClientCertificate = [];
        _formattedFor = null;
        _formatted = [];
        _serverName = [];
        _table = null;
        _listener = null;
        _hasInvalidCertificate = false;
    }
}
