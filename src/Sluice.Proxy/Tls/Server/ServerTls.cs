using System.Security.Cryptography;
using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Tls.Certificates;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls.Server;

/// <summary>
/// TLS that ends at a listener: its certificates, its settings, its tickets. Shared by all workers; what it needs of OpenSSL is made
/// with the first handshake, so that listeners without clients cost little more than their configuration.
/// </summary>
internal sealed unsafe class ServerTls
{
    /// <summary>Seconds for which a session may be resumed. With client certificates for less: what was valid may not be any more.</summary>
    private const int SessionLifetime = 12 * 60 * 60;
    private const int ValidatedSessionLifetime = 60 * 60;

    private readonly byte[] _sessionContext;
    private readonly List<string> _problems = [];
    private ServerCertificate[] _certificates = [];

    private ServerTls(string gateway, Listener listener, TicketKeys tickets)
    {
        Source = listener.Tls!;
        Tickets = tickets;
        Protocols = TlsSettings.EncodeProtocols(Source.AlpnProtocols ?? (listener.Protocol == ListenerProtocol.Https ? ["h2", "http/1.1"] : []));
        _sessionContext = SessionContextOf(gateway, listener);
    }

    public ListenerTls Source { get; }

    public TicketKeys Tickets { get; }

    /// <summary>Application protocols in order of preference, each behind its length.</summary>
    public byte[] Protocols { get; }

    public ReadOnlySpan<ServerCertificate> Certificates => _certificates;

    /// <summary>What is wrong with single certificates, beside which others are served.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>Clients are asked for a certificate.</summary>
    public bool AsksForCertificate => Source.ClientValidation is not null;

    /// <summary>Whether clients that another was content with are as good here: the same listener with the same demands.</summary>
    public bool AsksAs(ServerTls other) => _sessionContext.AsSpan().SequenceEqual(other._sessionContext);

    /// <summary>Tries everything that a handshake will need, so that what is wrong is known before anybody connects.</summary>
    /// <param name="gateway">The Gateway's name.</param>
    /// <param name="listener">With TLS that is terminated.</param>
    /// <param name="tickets">The listener's, kept over configurations.</param>
    /// <param name="known">What is known of certificates already; gets what is found out.</param>
    /// <exception cref="TlsMaterialException">A setting or an authority for clients cannot be used, or none of the certificates.</exception>
    public static ServerTls Create(string gateway, Listener listener, TicketKeys tickets, IDictionary<TlsCertificate, CertificateFacts> known)
    {
        var tls = new ServerTls(gateway, listener, tickets);
        using var trial = SslContext.Create(isServer: true);
        tls.Configure(trial.Pointer);
        var usable = new List<ServerCertificate>();
        foreach (var certificate in tls.Source.Certificates)
        {
            if (!known.TryGetValue(certificate, out var facts))
                known[certificate] = facts = CertificateFacts.Read(certificate, trial.Pointer);
            if (facts.Problem is { } problem)
                tls._problems.Add($"certificate {certificate.Name}: {problem}");
            else
                usable.Add(new ServerCertificate(tls, facts));
        }

        if (usable.Count == 0)
            throw new TlsMaterialException(tls._problems.Count == 0 ? "there is no certificate" : string.Join("; ", tls._problems)) { Reason = ApplyErrorReason.Certificate };
        tls._certificates = [.. usable];
        return tls;
    }

    /// <summary>
    /// The certificate for a client: the first that names the server and that it can verify, else the first that it can verify, else
    /// the first.
    /// </summary>
    public ServerCertificate Choose(in ClientHello hello)
    {
        if (_certificates.Length == 1)
            return _certificates[0];
        ServerCertificate? usable = null;
        foreach (var certificate in _certificates)
        {
            if (!hello.CanVerify(certificate.Facts.Kind))
                continue;
            if (certificate.Facts.IsFor(hello.ServerName))
                return certificate;
            usable ??= certificate;
        }

        return usable ?? _certificates[0];
    }

    internal SslContext BuildContext(TlsCertificate certificate)
    {
        var context = SslContext.Create(isServer: true);
        try
        {
            Configure(context.Pointer);
            using var pair = KeyPair.Read(certificate);
            pair.UseIn(context.Pointer);
            return context;
        }
        catch
        {
            context.Dispose();
            throw;
        }
    }

    private void Configure(nint context)
    {
        TlsSettings.Apply(context, Source.MinimumVersion, Source.MaximumVersion, Source.CipherSuites, Source.Curves);
        Ssl.SSL_CTX_set_options(context, SslConstants.SSL_OP_CIPHER_SERVER_PREFERENCE | SslConstants.SSL_OP_PRIORITIZE_CHACHA);
        Ssl.SSL_CTX_ctrl(context, SslConstants.SSL_CTRL_SET_SESS_CACHE_MODE, SslConstants.SSL_SESS_CACHE_OFF, null);
        Ssl.SSL_CTX_set_timeout(context, AsksForCertificate ? ValidatedSessionLifetime : SessionLifetime);
        fixed (byte* bytes = _sessionContext)
            Ssl.SSL_CTX_set_session_id_context(context, bytes, (uint)_sessionContext.Length);
        ServerCallbacks.Register(context);
        if (Source.ClientValidation is { } validation)
            AskForCertificate(context, validation);
    }

    private static void AskForCertificate(nint context, ClientValidation validation)
    {
        // The context keeps the store and its certificates for itself.
        using var authorities = TrustStore.Create(validation.CaCertificates, withSystem: false);
        Ssl.SSL_CTX_ctrl(context, SslConstants.SSL_CTRL_SET_VERIFY_CERT_STORE, 1, (void*)authorities.Pointer);
        foreach (var authority in authorities.Authorities)
            Ssl.SSL_CTX_add_client_CA(context, authority);
        if (validation.Mode == ClientValidationMode.AllowInsecureFallback)
            Ssl.SSL_CTX_set_verify(context, SslConstants.SSL_VERIFY_PEER, ServerCallbacks.AcceptAnyCertificate);
        else if (validation.Mode == ClientValidationMode.AllowAbsent)
            Ssl.SSL_CTX_set_verify(context, SslConstants.SSL_VERIFY_PEER, null);
        else
            Ssl.SSL_CTX_set_verify(context, SslConstants.SSL_VERIFY_PEER | SslConstants.SSL_VERIFY_FAIL_IF_NO_PEER_CERT, null);
    }

    /// <summary>
    /// What a session must have been made for to be resumed: this listener, and these demands on clients. Otherwise a ticket of one
    /// listener would be a way around the certificates that another asks for.
    /// </summary>
    private static byte[] SessionContextOf(string gateway, Listener listener)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, gateway);
        Add(hash, listener.Name);
        if (listener.Tls!.ClientValidation is { } validation)
        {
            Add(hash, validation.Mode.ToString());
            foreach (var authorities in validation.CaCertificates)
                Add(hash, authorities);
        }

        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
