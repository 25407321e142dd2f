namespace Sluice.Configuration.Telemetry;

/// <summary>Requests whose trace is sampled.</summary>
public sealed record TraceableFilter : AccessLogFilter;
