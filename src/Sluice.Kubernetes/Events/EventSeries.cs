namespace Sluice.Kubernetes.Events;

/// <summary>An Event that was written and may repeat.</summary>
internal sealed class EventSeries(string name, DateTimeOffset lastTime, long lastSeen)
{
    public string Name { get; set; } = name;

    /// <summary>How often it happened.</summary>
    public int Count { get; set; } = 1;

    /// <summary>How often it happened, as it is written.</summary>
    public int WrittenCount { get; set; } = 1;

    public DateTimeOffset LastTime { get; set; } = lastTime;

    /// <summary>Timestamp of the last time it happened.</summary>
    public long LastSeen { get; set; } = lastSeen;

    /// <summary>Timestamp of the last write.</summary>
    public long LastWritten { get; set; } = lastSeen;
}
