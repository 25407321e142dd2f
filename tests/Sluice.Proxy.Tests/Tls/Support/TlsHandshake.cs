namespace Sluice.Proxy.Tests.Tls.Support;

/// <summary>What a client said in a handshake.</summary>
/// <param name="ServerName">server_name.</param>
/// <param name="Protocol">The application protocol that was agreed on, or empty.</param>
/// <param name="ClientCertificate">SHA-1 of the certificate that it showed, or null.</param>
internal sealed record TlsHandshake(string ServerName, string Protocol, string? ClientCertificate);
