using Sluice.Exporter.Families;
using Sluice.Exporter.Rendering;

namespace Sluice.Exporter.Scraping;

/// <summary>What a scrape has found of one kind. Immutable.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Objects">All of them; none where they could not be read, or where the kind is not installed.</param>
/// <param name="Version">That the objects were read in; null where the kind is not installed, or where that is not known.</param>
/// <param name="Problem">Why the objects could not be read; null where they could, or where there is no such kind.</param>
/// <param name="Duration">How long it took.</param>
internal sealed record KindObjects(StateKind Kind, IReadOnlyList<RenderedObject> Objects, string? Version, string? Problem, TimeSpan Duration);
