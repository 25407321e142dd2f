using Sluice.Exporter.Exposition;

namespace Sluice.Exporter.Scraping;

/// <summary>All that a scrape gives, complete before the first byte of it is sent. Immutable.</summary>
/// <param name="Own">About the exporter and the scrape itself.</param>
/// <param name="Kinds">About the objects.</param>
internal sealed record ScrapeResult(IReadOnlyList<OwnFamily> Own, IReadOnlyList<KindObjects> Kinds);
