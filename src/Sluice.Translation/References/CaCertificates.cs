using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sluice.Resources.Core;

namespace Sluice.Translation.References;

/// <summary>Reads the certificates of authorities that a ConfigMap holds under "ca.crt", the key that the Gateway API names.</summary>
internal static class CaCertificates
{
    private const string Key = "ca.crt";
    private const string Label = "CERTIFICATE";

    /// <summary>
    /// The certificates as PEM, one behind the other; null, and why, when there is none or one cannot be read. Nothing else is
    /// taken over: a private key that stands there by mistake goes no further.
    /// </summary>
    public static string? Read(ConfigMap authority, out string? problem)
    {
        problem = null;
        if (!authority.Data.TryGetValue(Key, out var text) || string.IsNullOrWhiteSpace(text))
        {
            problem = $"ConfigMap \"{authority.Key}\" has nothing under {Key}";
            return null;
        }
        var certificates = new StringBuilder();
        var rest = text.AsSpan();
        var count = 0;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label].SequenceEqual(Label))
            {
                count++;
                var der = Convert.FromBase64String(rest[fields.Base64Data].ToString());
                if (!IsCertificate(der))
                {
                    problem = $"certificate {count} in {Key} of ConfigMap \"{authority.Key}\" cannot be read";
                    return null;
                }
                certificates.Append(PemEncoding.Write(Label, der)).Append('\n');
            }
            rest = rest[fields.Location.End..];
        }
        if (count > 0)
            return certificates.ToString();
        problem = $"{Key} of ConfigMap \"{authority.Key}\" holds no PEM certificate";
        return null;
    }

    private static bool IsCertificate(byte[] der)
    {
        try
        {
            using var certificate = X509CertificateLoader.LoadCertificate(der);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
