using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Sluice.Resources;
using Sluice.Resources.Core;

namespace Sluice.Translation.Certificates;

/// <summary>Reads the certificates of authorities from "ca.crt" of a ConfigMap, or of a Secret, where cert-manager puts them.</summary>
internal static class CaReader
{
    public const string Key = "ca.crt";

    private const int MostCertificates = 1024;

    /// <param name="source">A ConfigMap or a Secret.</param>
    /// <param name="problem">Why nothing can be read, to stand behind the object's name; null when it can.</param>
    /// <returns>PEM with nothing but certificates, or "".</returns>
    public static string Read(KubernetesObject source, out string? problem)
    {
        var content = source switch
        {
            ConfigMap map => map.Data.TryGetValue(Key, out var value) ? Encoding.UTF8.GetBytes(value) : null,
            Secret secret => secret.Data.GetValueOrDefault(Key),
            _ => throw new ArgumentException($"A {source.Kind} holds no certificates of authorities.", nameof(source)),
        };
        if (content is null)
        {
            problem = $"has no {Key}";
            return "";
        }
        var text = new StringBuilder();
        var count = 0;
        foreach (var block in PemBlocks.Find(content, "CERTIFICATE", "X509 CERTIFICATE"))
        {
            using var certificate = TryLoad(block);
            if (++count > MostCertificates)
            {
                problem = $"holds more than {MostCertificates} certificates in {Key}";
                return "";
            }
            if (certificate is null)
            {
                problem = $"holds in {Key} as number {count} what is no X.509 certificate";
                return "";
            }
            text.Append(PemEncoding.Write("CERTIFICATE", certificate.RawData)).Append('\n');
        }
        problem = count == 0 ? $"holds no PEM certificate in {Key}" : null;
        return text.ToString();
    }

    public static X509Certificate2? TryLoad(string block)
    {
        try
        {
            return X509CertificateLoader.LoadCertificate(PemBlocks.Decode(block));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
