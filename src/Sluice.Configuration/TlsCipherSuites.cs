using System.Collections.Frozen;

namespace Sluice.Configuration;

/// <summary>
/// The cipher suites that a listener may ask for, by their IANA and their OpenSSL names. Suites without forward secrecy are here
/// because some clients know no others; none of the suites without encryption or authentication, and none with RC4, DES or
/// 3DES, are.
/// </summary>
public static class TlsCipherSuites
{
    /// <summary>Every suite, those of TLS 1.3 first.</summary>
    public static IReadOnlyList<TlsCipherSuite> All { get; } =
    [
        new("TLS_AES_128_GCM_SHA256", "TLS_AES_128_GCM_SHA256", TlsVersion.Tls13),
        new("TLS_AES_256_GCM_SHA384", "TLS_AES_256_GCM_SHA384", TlsVersion.Tls13),
        new("TLS_CHACHA20_POLY1305_SHA256", "TLS_CHACHA20_POLY1305_SHA256", TlsVersion.Tls13),
        new("TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_SHA256", TlsVersion.Tls13),
        new("TLS_AES_128_CCM_8_SHA256", "TLS_AES_128_CCM_8_SHA256", TlsVersion.Tls13),
        new("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA-AES128-GCM-SHA256", TlsVersion.Tls12),
        new("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA-AES128-GCM-SHA256", TlsVersion.Tls12),
        new("TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA-AES256-GCM-SHA384", TlsVersion.Tls12),
        new("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA-AES256-GCM-SHA384", TlsVersion.Tls12),
        new("TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-ECDSA-CHACHA20-POLY1305", TlsVersion.Tls12),
        new("TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA-CHACHA20-POLY1305", TlsVersion.Tls12),
        new("TLS_ECDHE_ECDSA_WITH_AES_128_CCM", "ECDHE-ECDSA-AES128-CCM", TlsVersion.Tls12),
        new("TLS_ECDHE_ECDSA_WITH_AES_256_CCM", "ECDHE-ECDSA-AES256-CCM", TlsVersion.Tls12),
        new("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256", "ECDHE-ECDSA-AES128-SHA256", TlsVersion.Tls12),
        new("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "ECDHE-RSA-AES128-SHA256", TlsVersion.Tls12),
        new("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384", "ECDHE-ECDSA-AES256-SHA384", TlsVersion.Tls12),
        new("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384", "ECDHE-RSA-AES256-SHA384", TlsVersion.Tls12),
        new("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "ECDHE-ECDSA-AES128-SHA", TlsVersion.Tls10),
        new("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "ECDHE-RSA-AES128-SHA", TlsVersion.Tls10),
        new("TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA", "ECDHE-ECDSA-AES256-SHA", TlsVersion.Tls10),
        new("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "ECDHE-RSA-AES256-SHA", TlsVersion.Tls10),
        new("TLS_RSA_WITH_AES_128_GCM_SHA256", "AES128-GCM-SHA256", TlsVersion.Tls12),
        new("TLS_RSA_WITH_AES_256_GCM_SHA384", "AES256-GCM-SHA384", TlsVersion.Tls12),
        new("TLS_RSA_WITH_AES_128_CBC_SHA256", "AES128-SHA256", TlsVersion.Tls12),
        new("TLS_RSA_WITH_AES_256_CBC_SHA256", "AES256-SHA256", TlsVersion.Tls12),
        new("TLS_RSA_WITH_AES_128_CBC_SHA", "AES128-SHA", TlsVersion.Tls10),
        new("TLS_RSA_WITH_AES_256_CBC_SHA", "AES256-SHA", TlsVersion.Tls10),
    ];

    private static readonly FrozenDictionary<string, TlsCipherSuite> ByName =
        All.Select(suite => KeyValuePair.Create(suite.Name, suite))
            .Concat(All.Where(suite => suite.OpenSslName != suite.Name).Select(suite => KeyValuePair.Create(suite.OpenSslName, suite)))
            .ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The suite with this IANA or OpenSSL name, in any case; null when there is none.</summary>
    public static TlsCipherSuite? Find(string name) => ByName.GetValueOrDefault(name);
}
