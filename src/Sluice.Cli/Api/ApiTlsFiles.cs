using Sluice.Configuration;
using Sluice.Proxy.Local;

namespace Sluice.Cli.Api;

/// <summary>The certificate that the API shows, and its key.</summary>
internal static class ApiTlsFiles
{
    /// <summary>Null when neither file is named.</summary>
    /// <exception cref="UserErrorException">One without the other, or files that cannot be used.</exception>
    public static LocalTls? Read(string? certificate, string? key)
    {
        if (certificate is null && key is null)
            return null;
        if (certificate is null || key is null)
            throw new UserErrorException("--tls-cert-file and --tls-key-file go together", ExitCode.InvalidUsage);
        try
        {
            return new LocalTls("api", new TlsCertificate { Name = certificate, Chain = File.ReadAllText(certificate), PrivateKey = new PrivateKey(File.ReadAllText(key)) });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UserErrorException($"--tls-cert-file {certificate} and --tls-key-file {key}: {error.Message}");
        }
    }
}
