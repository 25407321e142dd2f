using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Tls.Native;

namespace Sluice.Proxy.Tls.Certificates;

/// <summary>
/// The value of X-Forwarded-Client-Cert for a verified certificate, as Envoy writes it: hash (SHA-256), subject (RFC 2253, quoted),
/// then the URIs and DNS names that it carries.
/// </summary>
internal static unsafe class ClientCertificateField
{
    /// <summary>Bytes of the value. Of a certificate with more to say only the hash is told.</summary>
    private const int MaxLength = 8 * 1024;

    public static byte[] Format(nint certificate)
    {
        var text = new StringBuilder("Hash=");
        text.Append(Convert.ToHexStringLower(Hash(certificate)));
        var hashLength = text.Length;
        text.Append(";Subject=\"").Append(SubjectOf(certificate)).Append('"');
        var names = CertificateNames.AlternativeNamesOf(certificate);
        AppendNames(text, ";URI=", names, SubjectAltNameType.Uri);
        AppendNames(text, ";DNS=", names, SubjectAltNameType.Hostname);
        if (text.Length > MaxLength)
            text.Length = hashLength;
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static byte[] Hash(nint certificate)
    {
        var hash = new byte[32];
        uint length = 0;
        fixed (byte* target = hash)
            Crypto.X509_digest(certificate, Crypto.EVP_sha256(), target, &length);
        return hash;
    }

    /// <summary>Quotation marks, control characters and everything beyond ASCII are escaped by OpenSSL.</summary>
    private static string SubjectOf(nint certificate)
    {
        var bio = Crypto.BIO_new(Crypto.BIO_s_mem());
        if (bio == 0)
            return "";
        Crypto.X509_NAME_print_ex(bio, Crypto.X509_get_subject_name(certificate), 0, SslConstants.XN_FLAG_RFC2253);
        byte* bytes;
        var length = (int)Crypto.BIO_ctrl(bio, SslConstants.BIO_CTRL_INFO, 0, &bytes);
        var text = Encoding.ASCII.GetString(bytes, length);
        Crypto.BIO_free(bio);
        return text;
    }

    private static void AppendNames(StringBuilder text, string key, List<SubjectAltName> names, SubjectAltNameType type)
    {
        foreach (var name in names)
        {
            if (name.Type != type)
                continue;
            text.Append(key);
            if (name.Value.AsSpan().ContainsAny(",;=\""))
                text.Append('"').Append(name.Value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
            else
                text.Append(name.Value);
        }
    }
}
