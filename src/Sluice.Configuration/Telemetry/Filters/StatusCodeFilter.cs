namespace Sluice.Configuration.Telemetry;

/// <summary>By the response's status code; 0 for a request without response.</summary>
public sealed record StatusCodeFilter(FilterComparison Comparison, int Value) : AccessLogFilter;
