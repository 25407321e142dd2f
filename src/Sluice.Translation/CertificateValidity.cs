namespace Sluice.Translation;

/// <summary>When a certificate that listeners or backends are shown is valid (RFC 5280 4.1.2.5).</summary>
/// <param name="Name">Of its Secret, "namespace/name".</param>
/// <param name="NotBefore">From then on.</param>
/// <param name="NotAfter">Until then, inclusive.</param>
public sealed record CertificateValidity(string Name, DateTimeOffset NotBefore, DateTimeOffset NotAfter);
