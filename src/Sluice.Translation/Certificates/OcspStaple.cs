namespace Sluice.Translation.Certificates;

/// <summary>An OCSP response that may be stapled to its certificate for a time.</summary>
/// <param name="Der">The whole response.</param>
/// <param name="From">thisUpdate: from then on.</param>
/// <param name="Until">nextUpdate: before then; null when the authority has not said.</param>
internal sealed record OcspStaple(byte[] Der, DateTimeOffset From, DateTimeOffset? Until);
