namespace Sluice.Exporter.Monitoring.Alerts;

/// <summary>When to alert, and in which words.</summary>
public sealed record AlertRule
{
    public required string Name { get; init; }

    /// <summary>PromQL; what it gives is what is alerted about.</summary>
    public required string Expression { get; init; }

    /// <summary>In whole minutes. 0: at once.</summary>
    public required int ForMinutes { get; init; }

    public required AlertSeverity Severity { get; init; }

    /// <summary>What is the matter, without naming the object.</summary>
    public required string Summary { get; init; }

    /// <summary>Which object it is about; a template of Prometheus.</summary>
    public required string Description { get; init; }
}
