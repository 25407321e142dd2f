namespace Sluice.Configuration.Telemetry;

/// <summary>What a Gateway's proxy tells about the requests and connections that it serves, beside metrics.</summary>
public sealed record TelemetrySettings
{
    /// <summary>Most access logs that one Gateway has.</summary>
    public const int MaxAccessLogs = 16;

    /// <summary>At most <see cref="MaxAccessLogs"/>; each gets every request that its filter lets through.</summary>
    public IReadOnlyList<AccessLog> AccessLogs { get; init; } = [];

    /// <summary>Null: no spans, and trace contexts of clients pass as they are.</summary>
    public Tracing? Tracing { get; init; }

    /// <summary>Whether there is nothing to tell.</summary>
    public bool IsEmpty => AccessLogs.Count == 0 && Tracing is null;
}
