namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>What the value of a table's query stands for.</summary>
internal enum ColumnFormat
{
    /// <summary>The query's labels say everything; its value is not shown.</summary>
    Hidden,

    Number,

    /// <summary>Milliseconds since 1970.</summary>
    Time,

    /// <summary>Seconds from now.</summary>
    Remaining,

    Duration,

    /// <summary>A condition that should be True.</summary>
    Condition,

    /// <summary>A condition that tells of a problem when it is True.</summary>
    ProblemCondition,
}
