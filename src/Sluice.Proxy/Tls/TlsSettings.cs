using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls;

/// <summary>Versions, cipher suites and curves of a context, and what all contexts have in common.</summary>
internal static unsafe class TlsSettings
{
    /// <summary>
    /// TLS 1.2: forward secrecy and authenticated encryption only (RFC 9325 4.2). AES with 128 bits first: it is the fastest where the
    /// CPU knows AES; to clients that prefer ChaCha20, because theirs does not, that is given.
    /// </summary>
    private const string DefaultSuites12 =
        "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:" +
        "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

    private const string DefaultSuites13 = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";

    /// <summary>What TLS 1.0 and 1.1 have besides, where a listener asks for them; OpenSSL's lowest level lets them be spoken at all.</summary>
    private const string OldSuites = ":ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA";

    private const string OldLevel = ":@SECLEVEL=0";

    private const string DefaultCurves = "X25519:P-256:P-384";

    /// <exception cref="TlsMaterialException">Names a setting that OpenSSL does not take.</exception>
    public static void Apply(nint context, TlsVersion minimum, TlsVersion maximum, IReadOnlyList<string> suites, IReadOnlyList<string> curves)
    {
        if (minimum > maximum)
            throw new TlsMaterialException($"the lowest version of TLS ({Name(minimum)}) is above the highest ({Name(maximum)})");
        var (suites12, suites13) = Split(suites);
        if (suites12.Length == 0 && minimum < TlsVersion.Tls13)
        {
            // All of them are of TLS 1.3: what was left out on purpose must not come back as a default.
            minimum = maximum == TlsVersion.Tls13
                ? TlsVersion.Tls13
                : throw new TlsMaterialException($"all cipher suites are of TLS 1.3, but {Name(maximum)} is the highest version");
        }

        Ssl.SSL_CTX_set_options(context, SslConstants.SSL_OP_NO_COMPRESSION | SslConstants.SSL_OP_NO_RENEGOTIATION);
        Ssl.SSL_CTX_ctrl(context, SslConstants.SSL_CTRL_MODE, SslConstants.SSL_MODE_ENABLE_PARTIAL_WRITE |
            SslConstants.SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SslConstants.SSL_MODE_RELEASE_BUFFERS | SslConstants.SSL_MODE_NO_AUTO_CHAIN, null);
        if (Ssl.SSL_CTX_ctrl(context, SslConstants.SSL_CTRL_SET_MIN_PROTO_VERSION, Number(minimum), null) != 1 ||
            Ssl.SSL_CTX_ctrl(context, SslConstants.SSL_CTRL_SET_MAX_PROTO_VERSION, Number(maximum), null) != 1)
            throw TlsMaterialException.WithReason($"{Name(minimum)} to {Name(maximum)} cannot be spoken");
        if (suites12.Length > 0)
            Set(suites12 + (minimum < TlsVersion.Tls12 ? (suites.Count == 0 ? OldSuites : "") + OldLevel : ""), "cipher suites", context, &SetSuites12);
        Set(suites13, "cipher suites", context, &SetSuites13);
        Set(curves.Count == 0 ? DefaultCurves : string.Join(':', curves), "curves", context, &SetCurves);
    }

    /// <summary>Fixed-length form of a list of protocols (RFC 7301 3.1): each behind its length.</summary>
    /// <exception cref="TlsMaterialException">One is empty or too long.</exception>
    public static byte[] EncodeProtocols(IReadOnlyList<string> protocols)
    {
        var bytes = new List<byte>();
        foreach (var protocol in protocols)
        {
            if (protocol.Length is 0 or > 255 || !Ascii.IsValid(protocol))
                throw new TlsMaterialException($"\"{protocol}\" is no application protocol: 1 to 255 ASCII characters");
            bytes.Add((byte)protocol.Length);
            bytes.AddRange(Encoding.ASCII.GetBytes(protocol));
        }

        return [.. bytes];
    }

    private static (string Suites12, string Suites13) Split(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
            return (DefaultSuites12, DefaultSuites13);
        var (suites12, suites13) = (new List<string>(), new List<string>());
        foreach (var name in names)
        {
            var suite = TlsCipherSuites.Find(name) ?? throw new TlsMaterialException($"\"{name}\" is no cipher suite that can be used");
            (suite.Version == TlsVersion.Tls13 ? suites13 : suites12).Add(suite.OpenSslName);
        }

        // Lists are made with TLS 1.2 in mind; all suites of TLS 1.3 are as strong as any.
        return (string.Join(':', suites12), suites13.Count == 0 ? DefaultSuites13 : string.Join(':', suites13));
    }

    private static void Set(string value, string what, nint context, delegate*<nint, byte*, int> set)
    {
        fixed (byte* text = Encoding.ASCII.GetBytes(value + '\0'))
        {
            if (set(context, text) != 1)
                throw TlsMaterialException.WithReason($"the {what} {value} cannot be used");
        }
    }

    private static int SetSuites12(nint context, byte* names) => Ssl.SSL_CTX_set_cipher_list(context, names);

    private static int SetSuites13(nint context, byte* names) => Ssl.SSL_CTX_set_ciphersuites(context, names);

    private static int SetCurves(nint context, byte* names) => (int)Ssl.SSL_CTX_ctrl(context, SslConstants.SSL_CTRL_SET_GROUPS_LIST, 0, names);

    private static int Number(TlsVersion version) => version switch
    {
        TlsVersion.Tls10 => SslConstants.TLS1_VERSION,
        TlsVersion.Tls11 => SslConstants.TLS1_1_VERSION,
        TlsVersion.Tls12 => SslConstants.TLS1_2_VERSION,
        _ => SslConstants.TLS1_3_VERSION,
    };

    private static string Name(TlsVersion version) => version switch
    {
        TlsVersion.Tls10 => "TLS 1.0",
        TlsVersion.Tls11 => "TLS 1.1",
        TlsVersion.Tls12 => "TLS 1.2",
        _ => "TLS 1.3",
    };
}
