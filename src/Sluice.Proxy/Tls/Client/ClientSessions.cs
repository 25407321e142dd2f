using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls.Client;

/// <summary>
/// Sessions with one endpoint that may be resumed. Those of TLS 1.3 are used once (RFC 8446 C.4), the one of TLS 1.2 until a newer
/// one comes.
/// </summary>
internal sealed class ClientSessions
{
    /// <summary>More tickets than a server gives at a time are of no use: connections are kept, and seldom begun together.</summary>
    private const int Kept = 4;

    private readonly nint[] _sessions = new nint[Kept];
    private int _count;

    ~ClientSessions() => Clear();

    /// <summary>Offers the newest session to the endpoint.</summary>
    public void Offer(nint ssl)
    {
        if (_count == 0)
            return;
        var session = _sessions[_count - 1];
        Ssl.SSL_set_session(ssl, session);
        if (Ssl.SSL_SESSION_get_protocol_version(session) != SslConstants.TLS1_3_VERSION)
            return;
        _count--;
        Ssl.SSL_SESSION_free(session);
    }

    /// <summary>Takes a session, with its reference.</summary>
    public bool TryKeep(nint session)
    {
        if (Ssl.SSL_SESSION_get_protocol_version(session) != SslConstants.TLS1_3_VERSION)
            Clear();
        if (_count == Kept)
        {
            Ssl.SSL_SESSION_free(_sessions[0]);
            Array.Copy(_sessions, 1, _sessions, 0, --_count);
        }

        _sessions[_count++] = session;
        return true;
    }

    private void Clear()
    {
        while (_count > 0)
            Ssl.SSL_SESSION_free(_sessions[--_count]);
    }
}
