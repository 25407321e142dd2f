using Sluice.Exporter.Exposition;

namespace Sluice.Exporter.Scraping;

/// <summary>What a scrape says about itself.</summary>
internal static class ScrapeMetrics
{
    /// <param name="kinds">What it has found.</param>
    /// <param name="duration">How long all of it took.</param>
    /// <param name="version">Of this program.</param>
    public static IReadOnlyList<OwnFamily> Of(IReadOnlyList<KindObjects> kinds, TimeSpan duration, string version)
    {
        var metrics = new OwnMetrics();
        metrics.Declare("gateway_metrics_up", MetricType.Gauge, "1 when all kinds that are installed were read, else 0. What could be read is served either way.")
            .Sample(kinds.All(kind => kind.Problem is null) ? 1 : 0);
        metrics.Declare("gateway_metrics_scrape_duration_seconds", MetricType.Gauge, "How long it took to read all kinds.")
            .Sample(duration.TotalSeconds);
        metrics.Declare("gateway_metrics_kind_success", MetricType.Gauge, "1 when the kind was read or is not installed, 0 when reading it failed.");
        foreach (var kind in kinds)
            metrics.Sample(kind.Problem is null ? 1 : 0, ("kind", kind.Kind.Kind));
        metrics.Declare("gateway_metrics_kind_duration_seconds", MetricType.Gauge, "How long it took to read the kind.");
        foreach (var kind in kinds)
            metrics.Sample(kind.Duration.TotalSeconds, ("kind", kind.Kind.Kind));
        metrics.Declare("gateway_metrics_kind_objects", MetricType.Gauge, "Objects that were read, by kind. No sample where the kind is not installed or reading it failed.");
        foreach (var kind in kinds.Where(IsRead))
            metrics.Sample(kind.Objects.Count, ("kind", kind.Kind.Kind));
        metrics.Declare("gateway_metrics_kind_samples_left_out", MetricType.Gauge, "Samples beyond the limit per object, by kind.");
        foreach (var kind in kinds.Where(IsRead))
            metrics.Sample(kind.Objects.Sum(found => (long)found.LeftOut), ("kind", kind.Kind.Kind));
        metrics.Declare("gateway_metrics_kind_version_info", MetricType.Info, "The version in which the kind was read: the newest that the API server has.");
        foreach (var kind in kinds)
        {
            if (kind.Version is { } read)
                metrics.Sample(1, ("kind", kind.Kind.Kind), ("version", read));
        }

        metrics.Declare("gateway_metrics_build_info", MetricType.Info, "The version of the exporter.").Sample(1, ("version", version));
        ProcessMetrics.Write(metrics);
        return metrics.Families;
    }

    private static bool IsRead(KindObjects kind) => kind is { Version: not null, Problem: null };
}
