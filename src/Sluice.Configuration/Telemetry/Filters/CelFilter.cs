namespace Sluice.Configuration.Telemetry;

/// <summary>A CEL expression. There is nothing yet that evaluates it: a configuration with one is refused.</summary>
public sealed record CelFilter(string Expression) : AccessLogFilter;
