using System.Net.Security;

namespace Sluice.Kubernetes.Access;

/// <summary>What proves who we are, as of now. Deliberately without a ToString that shows it.</summary>
/// <param name="authorization">The Authorization field's value ("Bearer …"); null for none.</param>
/// <param name="certificate">The client certificate with its chain; null for none. A new instance means: connect anew.</param>
public sealed class Credential(string? authorization, SslStreamCertificateContext? certificate)
{
    /// <summary>Whoever has nothing to show.</summary>
    public static Credential Anonymous { get; } = new(null, null);

    public string? Authorization { get; } = authorization;

    public SslStreamCertificateContext? Certificate { get; } = certificate;

    /// <summary>A token that does not change.</summary>
    public static Credential OfToken(string token) => new("Bearer " + token, null);
}
