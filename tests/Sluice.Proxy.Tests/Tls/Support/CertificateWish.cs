using System.Security.Cryptography;

namespace Sluice.Proxy.Tests.Tls.Support;

/// <summary>What a certificate is to be like.</summary>
internal sealed record CertificateWish
{
    public IReadOnlyList<string> Names { get; init; } = [];

    public IReadOnlyList<string> Uris { get; init; } = [];

    public string? Subject { get; init; }

    public bool IsClient { get; init; }

    /// <summary>0: ECDSA on <see cref="Curve"/>.</summary>
    public int RsaBits { get; init; }

    public ECCurve Curve { get; init; } = ECCurve.NamedCurves.nistP256;

    public DateTimeOffset? NotBefore { get; init; }

    public DateTimeOffset? NotAfter { get; init; }
}
