using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Cli.Echo;

/// <summary>The certificate that the demo backend serves TLS with.</summary>
internal static class EchoCertificate
{
    /// <summary>Null when TLS is not served.</summary>
    /// <exception cref="UserErrorException">A file is missing or is no PEM.</exception>
    public static X509Certificate2? Load(string? certificate, string? key, bool isNeeded)
    {
        if (!isNeeded && certificate is null && key is null)
            return null;
        if (!isNeeded || certificate is null || key is null)
            throw new UserErrorException("echo: a port for TLS, its certificate and its key go together.");
        try
        {
            return X509Certificate2.CreateFromPemFile(certificate, key);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UserErrorException($"echo: {certificate} and {key} are no certificate with its key: {error.Message}");
        }
    }
}
