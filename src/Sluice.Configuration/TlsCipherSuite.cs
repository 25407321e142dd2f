namespace Sluice.Configuration;

/// <summary>A cipher suite that listeners can name.</summary>
/// <param name="Name">As IANA registers it.</param>
/// <param name="OpenSslName">As OpenSSL calls it; the same for TLS 1.3.</param>
/// <param name="Version"><see cref="TlsVersion.Tls13"/> for suites of TLS 1.3 only; otherwise the first version that has it.</param>
public sealed record TlsCipherSuite(string Name, string OpenSslName, TlsVersion Version);
