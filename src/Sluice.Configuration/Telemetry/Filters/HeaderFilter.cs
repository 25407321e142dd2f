namespace Sluice.Configuration.Telemetry;

/// <summary>By a header of the request; the values of several fields of the name count as one list, separated by commas.</summary>
public sealed record HeaderFilter(ValueMatch Match) : AccessLogFilter;
