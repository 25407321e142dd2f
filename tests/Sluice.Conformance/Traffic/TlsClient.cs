using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Conformance.Traffic;

/// <summary>One TLS handshake as a client: the name asked for, what is trusted, what is shown; and what the server asked for.</summary>
/// <param name="serverName">The server name to ask for, which the server's certificate must have.</param>
/// <param name="trusted">The server's certificate must be one of these or be signed by one.</param>
/// <param name="certificate">The client's certificate with its key; null when there is none to show.</param>
internal sealed class TlsClient(string serverName, X509Certificate2 trusted, X509Certificate2? certificate = null)
{
    /// <summary>The server has sent a CertificateRequest.</summary>
    public bool CertificateWasRequested { get; private set; }

    /// <param name="transport">The connection; it is closed when this fails.</param>
    /// <param name="protocol">The one protocol to offer (ALPN); null for none.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="System.Security.Authentication.AuthenticationException">An alert came, or the server's certificate is not what it must be.</exception>
    /// <exception cref="IOException">The connection ended.</exception>
    public async Task<SslStream> HandshakeAsync(Stream transport, SslApplicationProtocol? protocol, CancellationToken cancellation)
    {
        var stream = new SslStream(transport);
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = serverName,
                    ApplicationProtocols = protocol is { } offered ? [offered] : null,
                    LocalCertificateSelectionCallback = Choose,
                    RemoteCertificateValidationCallback = (_, shown, _, _) => shown is X509Certificate2 server && IsTrusted(server),
                },
                cancellation);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    /// <summary>Asked once before the handshake, without the server's certificate, and again when the server wants one.</summary>
    private X509Certificate Choose(object sender, string host, X509CertificateCollection local, X509Certificate? remote, string[] issuers)
    {
        CertificateWasRequested |= remote is not null;
        return remote is null ? null! : certificate!;
    }

    private bool IsTrusted(X509Certificate2 server)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(trusted);
        return ServerNames.Cover(server, serverName) && chain.Build(server);
    }
}
