namespace Sluice.Resources.Policies.Listeners;

/// <summary>One access log.</summary>
public sealed record AccessLogEntry
{
    /// <summary>Into a file.</summary>
    public FileSink? FileSink { get; init; }

    /// <summary>To Envoy's access log service.</summary>
    public AccessLogGrpcService? GrpcService { get; init; }

    /// <summary>By OTLP.</summary>
    public OpenTelemetryLog? OpenTelemetry { get; init; }

    /// <summary>Null: all requests.</summary>
    public AccessLogFilter? Filter { get; init; }
}
