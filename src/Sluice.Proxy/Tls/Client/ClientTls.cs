using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Tls.Certificates;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls.Client;

/// <summary>
/// TLS with the endpoints of one cluster (BackendTLSPolicy): whom to trust, what name to ask for and to expect, what to show. Made when
/// a configuration brings it and shared by all workers; a cluster whose TLS changes gets another, and with it other connections.
/// </summary>
internal sealed unsafe class ClientTls
{
    private readonly SslContext _context;
    private readonly byte[] _serverName;

    private ClientTls(UpstreamTls source, SslContext context)
    {
        Source = source;
        _context = context;
        _serverName = Encoding.ASCII.GetBytes(source.Hostname + '\0');
    }

    public UpstreamTls Source { get; }

    public SslContext Context => _context;

    /// <param name="source">The cluster's TLS.</param>
    /// <exception cref="TlsMaterialException">Something cannot be used.</exception>
    public static ClientTls Create(UpstreamTls source)
    {
        var context = SslContext.Create(isServer: false);
        try
        {
            var tls = new ClientTls(source, context);
            tls.Configure(context.Pointer);
            return tls;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    /// <summary>Asks for the server by name (RFC 6066 3), and for the application protocol, if any.</summary>
    /// <param name="ssl">Before its handshake.</param>
    /// <param name="protocol">With its length in front, or empty.</param>
    public void Prepare(nint ssl, ReadOnlySpan<byte> protocol)
    {
        fixed (byte* name = _serverName, protocols = protocol)
        {
            Ssl.SSL_ctrl(ssl, SslConstants.SSL_CTRL_SET_TLSEXT_HOSTNAME, 0, name);
            if (protocol.Length > 0)
                Ssl.SSL_set_alpn_protos(ssl, protocols, (uint)protocol.Length);
        }
    }

    /// <summary>Whether the peer is the one that is meant. OpenSSL has verified its certificate, and its name where there is no list.</summary>
    public bool Accepts(nint ssl)
    {
        if (Source.SubjectAltNames.Count == 0)
            return true;
        var certificate = Ssl.SSL_get1_peer_certificate(ssl);
        if (certificate == 0)
            return false;
        var names = CertificateNames.AlternativeNamesOf(certificate);
        Crypto.X509_free(certificate);
        foreach (var wanted in Source.SubjectAltNames)
        {
            foreach (var name in names)
            {
                if (Match(wanted, name))
                    return true;
            }
        }

        return false;
    }

    private static bool Match(SubjectAltName wanted, SubjectAltName name)
    {
        if (wanted.Type != name.Type)
            return false;
        if (string.Equals(wanted.Value, name.Value, StringComparison.Ordinal))
            return true;

        // Either may have a wildcard for one label in front.
        return wanted.Type == SubjectAltNameType.Hostname &&
            (CertificateNames.Matches(name.Value, Encoding.ASCII.GetBytes(wanted.Value)) || CertificateNames.Matches(wanted.Value, Encoding.ASCII.GetBytes(name.Value)));
    }

    private void Configure(nint context)
    {
        TlsSettings.Apply(context, TlsVersion.Tls12, TlsVersion.Tls13, [], []);
        using (var authorities = TrustStore.Create(Source.CaCertificates, Source.TrustSystem))
            Ssl.SSL_CTX_ctrl(context, SslConstants.SSL_CTRL_SET_VERIFY_CERT_STORE, 1, (void*)authorities.Pointer);
        Ssl.SSL_CTX_set_verify(context, SslConstants.SSL_VERIFY_PEER, null);
        if (Source.SubjectAltNames.Count == 0)
            ExpectName(context);
        if (Source.ClientCertificate is { } certificate)
        {
            using var pair = KeyPair.Read(certificate);
            pair.UseIn(context);
        }

        Ssl.SSL_CTX_ctrl(context, SslConstants.SSL_CTRL_SET_SESS_CACHE_MODE, SslConstants.SSL_SESS_CACHE_CLIENT | SslConstants.SSL_SESS_CACHE_NO_INTERNAL, null);
        Ssl.SSL_CTX_sess_set_new_cb(context, ClientCallbacks.SessionCame);
    }

    private void ExpectName(nint context)
    {
        // Only what the certificate says it is for, never its common name (RFC 9525 2).
        var parameters = Ssl.SSL_CTX_get0_param(context);
        Crypto.X509_VERIFY_PARAM_set_hostflags(parameters, SslConstants.X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | SslConstants.X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
        fixed (byte* name = _serverName)
        {
            if (Crypto.X509_VERIFY_PARAM_set1_host(parameters, name, (nuint)_serverName.Length - 1) != 1)
                throw TlsMaterialException.WithReason($"\"{Source.Hostname}\" is no name to expect");
        }
    }
}
