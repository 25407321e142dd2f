namespace Sluice.Resources.Policies.Listeners;

/// <summary>Where spans go.</summary>
public sealed record TracingProvider
{
    /// <summary>By OTLP.</summary>
    public required OpenTelemetryTracing OpenTelemetry { get; init; }
}
