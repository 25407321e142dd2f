using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls.Certificates;

/// <summary>Names that a certificate carries (RFC 5280 4.2.1.6), and how they match (RFC 6125 6.4).</summary>
internal static unsafe class CertificateNames
{
    /// <summary>dNSNames in lower case; the common name when there are none.</summary>
    public static string[] DnsNamesOf(nint certificate)
    {
        var names = new List<string>();
        foreach (var name in AlternativeNamesOf(certificate))
        {
            if (name.Type == SubjectAltNameType.Hostname)
                names.Add(name.Value);
        }

        if (names.Count == 0 && CommonNameOf(certificate) is { } common)
            names.Add(common);
        return [.. names];
    }

    /// <summary>dNSNames in lower case, URIs as they are; other kinds are left out.</summary>
    public static List<SubjectAltName> AlternativeNamesOf(nint certificate)
    {
        var names = new List<SubjectAltName>();
        var stack = Crypto.X509_get_ext_d2i(certificate, SslConstants.NID_subject_alt_name, null, null);
        if (stack == null)
            return names;
        for (var i = 0; i < Crypto.OPENSSL_sk_num(stack); i++)
        {
            int type;
            var value = Crypto.GENERAL_NAME_get0_value(Crypto.OPENSSL_sk_value(stack, i), &type);
            if (type == SslConstants.GEN_DNS && Text(value) is { } dns)
                names.Add(new SubjectAltName(SubjectAltNameType.Hostname, dns.ToLowerInvariant()));
            else if (type == SslConstants.GEN_URI && Text(value) is { } uri)
                names.Add(new SubjectAltName(SubjectAltNameType.Uri, uri));
        }

        Crypto.GENERAL_NAMES_free(stack);
        return names;
    }

    /// <param name="name">Lower case, perhaps "*.example.com".</param>
    /// <param name="host">Lower case, without a dot at the end.</param>
    public static bool Matches(string name, ReadOnlySpan<byte> host)
    {
        if (!name.StartsWith("*.", StringComparison.Ordinal))
            return Ascii.Equals(host, name);
        var dot = host.IndexOf((byte)'.');
        return dot > 0 && Ascii.Equals(host[dot..], name.AsSpan(1));
    }

    private static string? CommonNameOf(nint certificate)
    {
        var subject = Crypto.X509_get_subject_name(certificate);
        var index = Crypto.X509_NAME_get_index_by_NID(subject, SslConstants.NID_commonName, -1);
        return index < 0 ? null : Text(Crypto.X509_NAME_ENTRY_get_data(Crypto.X509_NAME_get_entry(subject, index)))?.ToLowerInvariant();
    }

    /// <summary>Null when it is not visible ASCII: such a name never matches, and must not be cut short by a NUL.</summary>
    private static string? Text(nint value)
    {
        var bytes = new ReadOnlySpan<byte>(Crypto.ASN1_STRING_get0_data(value), Crypto.ASN1_STRING_length(value));
        return bytes.Length > 0 && !bytes.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? Encoding.ASCII.GetString(bytes) : null;
    }
}
