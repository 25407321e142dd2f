using Sluice.Configuration;

namespace Sluice.Translation.Certificates;

/// <summary>What a Secret of a certificate and its key came to. Exactly one of Certificate and Problem is set.</summary>
internal sealed record ReadCertificate
{
    public TlsCertificate? Certificate { get; init; }

    /// <summary>The same with <see cref="Staple"/>, as an instance of its own, so that the data plane sees the one turn into the other.</summary>
    public TlsCertificate? Stapled { get; init; }

    /// <summary>The authority's word that the certificate is good; null when there is none that can be used.</summary>
    public OcspStaple? Staple { get; init; }

    /// <summary>Why the Secret cannot be used, without anything of what it holds.</summary>
    public string? Problem { get; init; }

    /// <summary>What of the Secret is done without; or null.</summary>
    public string? Remark { get; init; }

    public DateTimeOffset NotBefore { get; init; }

    public DateTimeOffset NotAfter { get; init; }

    /// <summary>The names that the certificate is for: DNS names, in lower case.</summary>
    public IReadOnlyList<string> DnsNames { get; init; } = [];

    /// <summary>What clients get at a time; null: times are not looked at.</summary>
    public TlsCertificate? CertificateAt(DateTimeOffset? now) =>
        Staple is { } staple && !(now < staple.From || now >= staple.Until) ? Stapled : Certificate;
}
