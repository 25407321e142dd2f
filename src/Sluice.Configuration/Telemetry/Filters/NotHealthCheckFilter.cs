namespace Sluice.Configuration.Telemetry;

/// <summary>Everything but requests for a listener's health check path, and those of well-known health checkers, told by their User-Agent.</summary>
public sealed record NotHealthCheckFilter : AccessLogFilter;
