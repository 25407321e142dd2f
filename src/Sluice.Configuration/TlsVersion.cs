namespace Sluice.Configuration;

/// <summary>Versions of TLS (RFC 2246, 4346, 5246, 8446). Older ones are not spoken.</summary>
public enum TlsVersion
{
    Tls10,
    Tls11,
    Tls12,
    Tls13,
}
