using System.Security.Cryptography;
using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Listeners;
using Sluice.Proxy.Http;
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

    /// <summary>The same where a listener's settings say what is told: a chain takes room.</summary>
    private const int MaxDetailedLength = 24 * 1024;

    /// <summary>Bytes of elements that a request brought.</summary>
    private const int MaxReceivedLength = 32 * 1024;

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

    /// <summary>The same with what a listener's settings say of it, and no more than the hash when that is too much.</summary>
    /// <param name="certificate">That was verified.</param>
    /// <param name="chain">What the client has sent with it, the certificate itself aside; null: nothing, or it is not known any more.</param>
    /// <param name="details">What is told.</param>
    public static byte[] Format(nint certificate, void* chain, ForwardClientCert details)
    {
        var text = new StringBuilder("Hash=");
        text.Append(Convert.ToHexStringLower(Hash(certificate)));
        var hashLength = text.Length;
        if (details.Cert)
            text.Append(";Cert=\"").Append(Uri.EscapeDataString(Pem(certificate))).Append('"');
        if (details.Chain)
        {
            text.Append(";Chain=\"").Append(Uri.EscapeDataString(Pem(certificate)));
            for (var i = 0; chain != null && i < Crypto.OPENSSL_sk_num(chain); i++)
                text.Append(Uri.EscapeDataString(Pem((nint)Crypto.OPENSSL_sk_value(chain, i))));
            text.Append('"');
        }

        if (details.Subject)
            text.Append(";Subject=\"").Append(SubjectOf(certificate)).Append('"');
        var names = details.Uri || details.Dns ? CertificateNames.AlternativeNamesOf(certificate) : [];
        if (details.Uri)
            AppendNames(text, ";URI=", names, SubjectAltNameType.Uri);
        if (details.Dns)
            AppendNames(text, ";DNS=", names, SubjectAltNameType.Hostname);
        if (text.Length > MaxDetailedLength)
            text.Length = hashLength;
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>
    /// Copies the elements that a request brought, with a comma behind, to stand in front of the proxy's own; returns how many octets that
    /// was. A value whose quotation marks do not close, or that is too long, is left out: it would swallow what follows.
    /// </summary>
    public static int CopyReceived(RequestHead head, Span<byte> target)
    {
        var length = 0;
        foreach (ref readonly var field in head.Fields)
        {
            if (field.Known != KnownField.XForwardedClientCert || field.ValueLength == 0 || field.ValueLength > MaxReceivedLength - length || !IsClosed(head.ValueOf(field)))
                continue;
            head.ValueOf(field).CopyTo(target[length..]);
            length += field.ValueLength;
            target[length++] = (byte)',';
        }

        return length;
    }

    private static bool IsClosed(ReadOnlySpan<byte> value)
    {
        var isQuoted = false;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\' && isQuoted)
                i++;
            else if (value[i] == '"')
                isQuoted = !isQuoted;
        }

        return !isQuoted;
    }

    private static string Pem(nint certificate)
    {
        var length = Crypto.i2d_X509(certificate, null);
        if (length <= 0)
            return "";
        var der = new byte[length];
        fixed (byte* start = der)
        {
            var end = start;
            Crypto.i2d_X509(certificate, &end);
        }

        return PemEncoding.WriteString("CERTIFICATE", der) + "\n";
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
