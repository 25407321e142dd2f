namespace Sluice.Configuration.Telemetry;

/// <summary>What passes all of them.</summary>
public sealed record AndFilter(IReadOnlyList<AccessLogFilter> Filters) : AccessLogFilter;
