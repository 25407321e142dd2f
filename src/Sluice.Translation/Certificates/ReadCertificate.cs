using Sluice.Configuration;

namespace Sluice.Translation.Certificates;

/// <summary>What a Secret of a certificate and its key came to. Exactly one of Certificate and Problem is set.</summary>
internal sealed record ReadCertificate
{
    public TlsCertificate? Certificate { get; init; }

    /// <summary>Why the Secret cannot be used, without anything of what it holds.</summary>
    public string? Problem { get; init; }

    /// <summary>What of the Secret is done without; or null.</summary>
    public string? Remark { get; init; }

    public DateTimeOffset NotBefore { get; init; }

    public DateTimeOffset NotAfter { get; init; }

    /// <summary>The names that the certificate is for: DNS names, in lower case.</summary>
    public IReadOnlyList<string> DnsNames { get; init; } = [];
}
