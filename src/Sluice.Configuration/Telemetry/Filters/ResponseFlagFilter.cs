namespace Sluice.Configuration.Telemetry;

/// <summary>Requests with one of these flags; <see cref="ResponseFlags.None"/>: with any flag.</summary>
public sealed record ResponseFlagFilter(ResponseFlags Flags) : AccessLogFilter;
