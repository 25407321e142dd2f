namespace Sluice.Cli.Monitoring;

/// <summary>What alerts are written as.</summary>
internal enum AlertFormat
{
    /// <summary>A rule file of Prometheus.</summary>
    Rules,

    /// <summary>A PrometheusRule of the Prometheus operator.</summary>
    PrometheusRule,
}
