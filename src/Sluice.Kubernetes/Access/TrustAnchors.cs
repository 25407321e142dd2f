using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Kubernetes.Access;

/// <summary>The certificates that may sign a server's, or be it.</summary>
public sealed class TrustAnchors
{
    private readonly Func<X509Certificate2Collection> _current;

    private TrustAnchors(Func<X509Certificate2Collection> current) => _current = current;

    /// <param name="pem">At least one certificate.</param>
    /// <param name="purpose">For messages: the field that holds them.</param>
    /// <exception cref="ClusterAccessException">There is none, or one is broken.</exception>
    public static TrustAnchors OfPem(string pem, string purpose)
    {
        var certificates = Parse(pem, purpose);
        return new TrustAnchors(() => certificates);
    }

    /// <summary>A file that may be replaced: it is read anew every minute.</summary>
    /// <param name="path">PEM.</param>
    /// <param name="purpose">For messages: the field that names it.</param>
    /// <param name="clock">Null for the system's clock.</param>
    /// <exception cref="ClusterAccessException">It cannot be used as it is now.</exception>
    public static TrustAnchors OfFile(string path, string purpose, TimeProvider? clock = null)
    {
        var recent = new Recent<X509Certificate2Collection>(_ => Parse(BoundedFile.Read(path, purpose), $"{purpose}: the file {path}"), clock ?? TimeProvider.System);
        _ = recent.Value;
        return new TrustAnchors(() => recent.Value);
    }

    internal X509Certificate2Collection Current => _current();

    private static X509Certificate2Collection Parse(string pem, string purpose)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(pem);
        }
        catch (CryptographicException error)
        {
            throw new ClusterAccessException($"{purpose}: a certificate in it is broken", error);
        }

        return certificates.Count > 0
            ? certificates
            : throw new ClusterAccessException($"{purpose} holds no certificate in PEM (-----BEGIN CERTIFICATE-----)");
    }
}
