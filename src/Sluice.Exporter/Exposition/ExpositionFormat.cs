namespace Sluice.Exporter.Exposition;

/// <summary>How metrics are written down.</summary>
public enum ExpositionFormat
{
    /// <summary>The Prometheus text format, version 0.0.4.</summary>
    Text,

    /// <summary>OpenMetrics 1.0.0.</summary>
    OpenMetrics,

    /// <summary>The same under the name of its draft, 0.0.1, for those who know nothing newer.</summary>
    OpenMetricsDraft,
}
