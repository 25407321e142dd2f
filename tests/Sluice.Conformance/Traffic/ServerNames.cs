using System.Security.Cryptography.X509Certificates;

namespace Sluice.Conformance.Traffic;

/// <summary>
/// Whether a certificate is for a name, by RFC 9525 section 6.3: DNS names alone count, and "*" stands for exactly the first
/// label. The platform's own rule refuses "*.org", which the suite's certificate has.
/// </summary>
internal static class ServerNames
{
    public static bool Cover(X509Certificate2 certificate, string name) =>
        certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().SelectMany(extension => extension.EnumerateDnsNames()).Any(pattern => Matches(pattern, name));

    private static bool Matches(string pattern, string name) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? name.IndexOf('.', StringComparison.Ordinal) is > 0 and var point && name[(point + 1)..].Equals(pattern[2..], StringComparison.OrdinalIgnoreCase)
        : name.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
