using System.Globalization;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Background;

/// <summary>Events last for an hour after their last change, and no more than a number of them.</summary>
internal sealed class EventExpiry(ObjectStore store, ResourceKind kind, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Of more, the oldest go.</summary>
    private const int MaxEvents = 10_000;

    public void Work()
    {
        var now = clock.GetUtcNow();
        var events = store.Table(kind).Objects.Select(value => (Value: value, Time: LastSeen(value))).OrderBy(pair => pair.Time).ToList();
        for (var i = 0; i < events.Count; i++)
        {
            if (now - events[i].Time > Lifetime || events.Count - i > MaxEvents)
                store.TryRemove(events[i].Value, out _);
        }
    }

    private static DateTimeOffset LastSeen(StoredObject value)
    {
        var text = JsonProbe.Text(value.Json, "series", "lastObservedTime")
            ?? JsonProbe.Text(value.Json, "lastTimestamp")
            ?? JsonProbe.Text(value.Json, "eventTime")
            ?? JsonProbe.Text(value.Json, "metadata", "creationTimestamp");
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : DateTimeOffset.MinValue;
    }
}
