using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Cli.Echo;

/// <summary>The certificate that the demo backend serves TLS with, and the authorities of its clients'.</summary>
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

    /// <summary>Null when any client certificate is taken.</summary>
    /// <exception cref="UserErrorException">The file is missing or holds no certificate, or nobody would be asked for one.</exception>
    public static X509Certificate2Collection? LoadAuthority(string? file, bool isServed)
    {
        if (file is null)
            return null;
        if (!isServed)
            throw new UserErrorException("echo: an authority of client certificates needs a port for HTTP over TLS.");
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new UserErrorException($"echo: {file} cannot be read as certificates: {error.Message}");
        }
        return authorities.Count > 0 ? authorities : throw new UserErrorException($"echo: {file} holds no certificate.");
    }

    public static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        return chain.Build(certificate);
    }
}
