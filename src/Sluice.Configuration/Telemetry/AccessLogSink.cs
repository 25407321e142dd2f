namespace Sluice.Configuration.Telemetry;

/// <summary>Where lines go: <see cref="FileLogSink"/> or <see cref="OtlpLogSink"/>.</summary>
public abstract record AccessLogSink;
