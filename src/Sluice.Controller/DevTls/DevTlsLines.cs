using System.Globalization;

namespace Sluice.Controller.DevTls;

/// <summary>Says which certificates are stand-ins, and how clients come to trust them.</summary>
internal static class DevTlsLines
{
    public static string Of(DevCertificate certificate)
    {
        var names = string.Join(", ", certificate.For.Names.Concat(certificate.For.Addresses));
        var line = string.Create(CultureInfo.InvariantCulture, $"Secret {certificate.For.Secret} does not exist: --dev-tls issued a certificate for {names}, valid until {certificate.NotAfter:yyyy-MM-dd} and signed by {certificate.AuthorityFile}");
        return certificate.For.Example is { } example ? $"{line}\n  curl --cacert {certificate.AuthorityFile} {example.Curl()}" : line;
    }
}
