using Sluice.Proxy.Tls.Client;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls;

/// <content>The client's side: towards an endpoint, with the sessions that may be resumed there.</content>
internal sealed unsafe partial class TlsSession
{
    private ClientSessions? _sessions;
    private ClientTls? _client;
    private bool _isHttp2Required;

    /// <summary>Before the handshake with an endpoint.</summary>
    /// <param name="tls">What the cluster asks for.</param>
    /// <param name="sessions">Those of the endpoint.</param>
    /// <param name="protocol">The application protocol with its length in front (RFC 7301), or empty.</param>
    public void BeginClient(ClientTls tls, ClientSessions sessions, ReadOnlySpan<byte> protocol)
    {
        _client = tls;
        _sessions = sessions;
        _isHttp2Required = protocol.SequenceEqual(ClientProtocols.Http2);
        Ssl.SSL_set_connect_state(_ssl);
        tls.Prepare(_ssl, protocol);
        sessions.Offer(_ssl);
    }

    /// <summary>A session of the peer's that may be resumed later; false when it is not wanted.</summary>
    internal bool Keep(nint session) => _sessions is not null && _sessions.TryKeep(session);

    /// <summary>What OpenSSL does not check: the names, where there is a list of them, and the application protocol.</summary>
    private bool CheckPeer()
    {
        if (_client is not { } client)
            return true;
        if (!client.Accepts(_ssl))
            Failure = TlsFailure.PeerCertificate;
        else if (_isHttp2Required && !ApplicationProtocol.SequenceEqual("h2"u8))
            Failure = TlsFailure.ApplicationProtocol;
        return Failure == TlsFailure.None;
    }

    private void CloseClient()
    {
        _sessions = null;
        _client = null;
        _isHttp2Required = false;
    }
}
