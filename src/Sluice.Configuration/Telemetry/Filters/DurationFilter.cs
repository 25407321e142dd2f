namespace Sluice.Configuration.Telemetry;

/// <summary>By the time from the request's head to the response's end, in whole milliseconds.</summary>
public sealed record DurationFilter(FilterComparison Comparison, TimeSpan Value) : AccessLogFilter;
