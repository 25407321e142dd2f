namespace Sluice.Configuration.Telemetry;

/// <summary>One line for each request, or for each connection that is relayed, when it ends.</summary>
public sealed record AccessLog
{
    public required AccessLogSink Sink { get; init; }

    /// <summary>Default: <see cref="AccessLogFormat.DefaultJson"/>.</summary>
    public AccessLogFormat Format { get; init; } = AccessLogFormat.DefaultJson;

    /// <summary>Null lets everything through.</summary>
    public AccessLogFilter? Filter { get; init; }
}
