namespace Sluice.Configuration.Telemetry;

/// <summary>Which requests a log gets. One of the records in Filters/.</summary>
public abstract record AccessLogFilter
{
    /// <summary>How deep filters may stand in each other.</summary>
    public const int MaxDepth = 16;
}
