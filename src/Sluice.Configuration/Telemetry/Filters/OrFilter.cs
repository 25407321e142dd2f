namespace Sluice.Configuration.Telemetry;

/// <summary>What passes any of them.</summary>
public sealed record OrFilter(IReadOnlyList<AccessLogFilter> Filters) : AccessLogFilter;
