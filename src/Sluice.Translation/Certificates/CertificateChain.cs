using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Sluice.Translation.Certificates;

/// <summary>Puts the certificates of a file into the order of TLS: the server's own, then each the issuer of the one before.</summary>
internal static class CertificateChain
{
    /// <param name="certificates">In any order.</param>
    /// <param name="leaf">Index of the server's own.</param>
    public static List<X509Certificate2> Order(IReadOnlyList<X509Certificate2> certificates, int leaf)
    {
        var rest = certificates.ToList();
        var chain = new List<X509Certificate2>(rest.Count);
        for (var next = leaf; next >= 0;)
        {
            chain.Add(rest[next]);
            rest.RemoveAt(next);
            var issuer = chain[^1].IssuerName.RawData;
            next = rest.FindIndex(candidate => candidate.SubjectName.RawData.AsSpan().SequenceEqual(issuer));
        }

        // What leads nowhere from here may be another way to the authority (cross-signed): clients skip what they do not need.
        chain.AddRange(rest);
        return chain;
    }

    public static string Pem(IReadOnlyList<X509Certificate2> chain)
    {
        var text = new StringBuilder();
        foreach (var certificate in chain)
            text.Append(PemEncoding.Write("CERTIFICATE", certificate.RawData)).Append('\n');
        return text.ToString();
    }

    public static string[] DnsNames(X509Certificate2 certificate)
    {
        foreach (var extension in certificate.Extensions)
        {
            if (extension is X509SubjectAlternativeNameExtension names)
                return [.. names.EnumerateDnsNames().Select(name => name.ToLowerInvariant())];
        }
        return [];
    }
}
