namespace Sluice.Exporter.Exposition;

/// <summary>The types of metrics that there are here.</summary>
public enum MetricType
{
    Gauge,

    /// <summary>Its name ends in "_total".</summary>
    Counter,

    /// <summary>Its name ends in "_info" and its value is 1. In the text format, which has no such type, it is a gauge.</summary>
    Info,
}
