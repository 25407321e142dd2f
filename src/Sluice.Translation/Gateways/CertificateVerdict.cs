using Sluice.Configuration;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Gateways;

/// <summary>What the certificateRefs of a listener came to.</summary>
/// <param name="Certificates">Those that can be used, in the order of the references.</param>
/// <param name="Names">DNS names that any of them is for, in lower case.</param>
/// <param name="Unresolved">What is wrong with the others; or null.</param>
/// <param name="Remarks">About those that are used.</param>
/// <param name="ChangesAt">When one of them begins or ends to be valid.</param>
internal sealed record CertificateVerdict(IReadOnlyList<TlsCertificate> Certificates, IReadOnlyList<string> Names, Finding? Unresolved, IReadOnlyList<Remark> Remarks, DateTimeOffset? ChangesAt);
