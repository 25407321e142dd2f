namespace Sluice.Configuration.Telemetry;

/// <summary>Everything but requests of well-known health checkers, told by their User-Agent.</summary>
public sealed record NotHealthCheckFilter : AccessLogFilter;
