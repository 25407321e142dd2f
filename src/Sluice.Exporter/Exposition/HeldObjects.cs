using Sluice.Exporter.Families;
using Sluice.Exporter.Scraping;

namespace Sluice.Exporter.Exposition;

/// <summary>Collects the samples of objects that somebody holds in memory. Not thread-safe.</summary>
/// <param name="limits">Null for <see cref="ExporterLimits.Default"/>.</param>
public sealed class HeldObjects(ExporterLimits? limits = null)
{
    private readonly ExporterLimits _limits = limits ?? ExporterLimits.Default;
    private readonly Dictionary<StateKind, ObjectCollector> _collectors = [];

    /// <param name="kind">Of the object.</param>
    /// <param name="json">The object as an API server would give it. Valid during the call only.</param>
    /// <exception cref="InvalidDataException">The samples of the kind go beyond <see cref="ExporterLimits.BytesPerKind"/>.</exception>
    public void Add(StateKind kind, ReadOnlyMemory<byte> json)
    {
        if (!_collectors.TryGetValue(kind, out var collector))
            _collectors.Add(kind, collector = new ObjectCollector(kind, _limits));
        collector.Add(json);
    }

    /// <summary>Samples of what was added, without any about a scrape.</summary>
    public StateExposition ToExposition() => new(new ScrapeResult(
        [],
        [.. StateKinds.All.Where(_collectors.ContainsKey).Select(kind => new KindObjects(kind, _collectors[kind].Objects, null, null, TimeSpan.Zero))]));
}
