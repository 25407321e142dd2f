using Sluice.Exporter.Scraping;

namespace Sluice.Exporter.Exposition;

/// <summary>Samples that are complete, to be written any number of times.</summary>
public sealed class StateExposition
{
    private readonly ScrapeResult _result;

    internal StateExposition(ScrapeResult result) => _result = result;

    /// <summary>Writes them in the Prometheus text format 0.0.4, after whatever was written before.</summary>
    /// <exception cref="IOException">The client is gone.</exception>
    public Task WriteTextAsync(Stream output, CancellationToken cancellation) => ExpositionWriter.WriteAsync(_result, ExpositionFormat.Text, isCompressed: false, output, cancellation);

    /// <summary>Writes them as OpenMetrics 1.0, after families that were written before and before the end, which it writes.</summary>
    /// <exception cref="IOException">The client is gone.</exception>
    public Task WriteOpenMetricsAsync(Stream output, CancellationToken cancellation) => ExpositionWriter.WriteAsync(_result, ExpositionFormat.OpenMetrics, isCompressed: false, output, cancellation);
}
