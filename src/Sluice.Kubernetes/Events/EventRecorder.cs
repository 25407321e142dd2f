using System.Security.Cryptography;
using System.Threading.Channels;
using Sluice.Kubernetes.Client;
using Sluice.Resources;

namespace Sluice.Kubernetes.Events;

/// <summary>
/// Tells people what happened to an object: "kubectl describe" shows it. Equal Events become one with a count; who tells too many
/// about one object, or faster than they can be written, loses some. Nothing here blocks or throws into the caller's work.
/// </summary>
public sealed class EventRecorder : IAsyncDisposable
{
    private const int MaxAttempts = 3;

    private static readonly TimeSpan DisposeTimeout = TimeSpan.FromSeconds(2);

    private readonly KubernetesClient _client;
    private readonly EventRecorderOptions _options;
    private readonly Channel<EventEntry> _queue;
    private readonly RecentlyUsed<EventEntry, EventSeries> _series;
    private readonly RecentlyUsed<EventTarget, TokenBucket> _buckets;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _writing;
    private long _dropped;

    public EventRecorder(KubernetesClient client, EventRecorderOptions options)
    {
        _client = client;
        _options = options;
        _queue = Channel.CreateBounded<EventEntry>(new BoundedChannelOptions(options.QueueLength) { SingleReader = true });
        _series = new RecentlyUsed<EventEntry, EventSeries>(options.MaxRemembered);
        _buckets = new RecentlyUsed<EventTarget, TokenBucket>(options.MaxRemembered);
        _writing = Task.Run(RunAsync);
    }

    /// <summary>Events that were never written: the queue was full, the object had too many, or the server did not take them.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Queues an Event.</summary>
    /// <param name="target">What it is about.</param>
    /// <param name="type">Warning for what someone should look at.</param>
    /// <param name="reason">One word in CamelCase: "NoMatchingParent". What exceeds 128 bytes is cut, here and in the next two.</param>
    /// <param name="action">What the controller was doing: "Reconcile".</param>
    /// <param name="note">For people; at most 1,024 bytes.</param>
    /// <param name="related">Another object that has to do with it; null for none.</param>
    public void Record(EventTarget target, EventType type, string reason, string action, string note, EventTarget? related = null)
    {
        var entry = new EventEntry(
            target, related, type, EventJson.Cut(reason, EventJson.MaxShortLength), EventJson.Cut(action, EventJson.MaxShortLength), EventJson.Cut(note, EventJson.MaxNoteLength));
        if (!_queue.Writer.TryWrite(entry))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>Writes what is queued, for at most 2 s.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_queue.Writer.TryComplete())
            return;
        _stop.CancelAfter(DisposeTimeout);
        await _writing.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (await NextAsync().ConfigureAwait(false))
            {
                while (_queue.Reader.TryRead(out var entry))
                    await TakeAsync(entry).ConfigureAwait(false);
                await WriteCountsAsync(all: false).ConfigureAwait(false);
            }

            await WriteCountsAsync(all: true).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            while (_queue.Reader.TryRead(out _))
                Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Waits for an Event, or until counts are due; false when there will be none any more.</summary>
    private async Task<bool> NextAsync()
    {
        if (!_series.Entries.Any(series => series.Value.Count > series.Value.WrittenCount))
            return await _queue.Reader.WaitToReadAsync(_stop.Token).ConfigureAwait(false);
        using var time = new CancellationTokenSource(_options.SeriesInterval, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, _stop.Token);
        try
        {
            return await _queue.Reader.WaitToReadAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task TakeAsync(EventEntry entry)
    {
        var now = _options.Clock.GetUtcNow();
        var timestamp = _options.Clock.GetTimestamp();
        if (_series.TryGet(entry, out var series) && _options.Clock.GetElapsedTime(series.LastSeen, timestamp) < _options.SeriesEnd)
        {
            series.Count++;
            series.LastTime = now;
            series.LastSeen = timestamp;
            return;
        }

        if (!_buckets.TryGet(entry.Target, out var bucket))
        {
            bucket = new TokenBucket(_options.Burst, _options.Refill, _options.Clock);
            _buckets.Set(entry.Target, bucket);
        }

        if (!bucket.TryTake())
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        series = new EventSeries(NameOf(entry.Target), now, timestamp);
        if (await CreateAsync(entry, series).ConfigureAwait(false))
            _series.Set(entry, series);
    }

    private async Task WriteCountsAsync(bool all)
    {
        foreach (var (entry, series) in _series.Entries.ToArray())
        {
            if (series.Count == series.WrittenCount || (!all && _options.Clock.GetElapsedTime(series.LastWritten) < _options.SeriesInterval))
                continue;
            var count = series.Count;
            var wasWritten = await WriteAsync(
                () => _client.PatchAsync(
                    ApiResources.Events, new NamespacedName(EventJson.NamespaceOf(entry.Target), series.Name), PatchType.Merge, EventJson.WriteSeries(count, series.LastTime), null, _stop.Token),
                isNew: false).ConfigureAwait(false);
            series.WrittenCount = count;
            series.LastWritten = _options.Clock.GetTimestamp();

            // Servers forget Events after an hour: the next time it is a new one.
            if (!wasWritten)
                _series.Remove(entry);
        }
    }

    private Task<bool> CreateAsync(EventEntry entry, EventSeries series)
    {
        var json = EventJson.Write(entry, series.Name, _options, series.LastTime);
        return WriteAsync(() => _client.CreateAsync(ApiResources.Events, EventJson.NamespaceOf(entry.Target), json, null, _stop.Token), isNew: true);
    }

    private async Task<bool> WriteAsync(Func<Task<ReadOnlyMemory<byte>>> write, bool isNew)
    {
        var backoff = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2), _options.Clock);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await write().ConfigureAwait(false);
                return true;
            }
            catch (ApiException error) when (error.IsTransient && attempt < MaxAttempts)
            {
                await backoff.WaitAsync(error.RetryAfter, _stop.Token).ConfigureAwait(false);
            }
            catch (ApiException error) when (isNew && attempt > 1 && error.IsConflict)
            {
                // An attempt before has succeeded, only its answer was lost.
                return true;
            }
            catch (ApiException error)
            {
                // A namespace that is going away takes no Events: no use in insisting.
                if (isNew)
                    Interlocked.Increment(ref _dropped);
                _options.OnDropped?.Invoke(error);
                return false;
            }
        }
    }

    /// <summary>The object's name and something that no other has; at most 253 characters.</summary>
    private static string NameOf(EventTarget target)
    {
        const int UniqueLength = 16;
        const int MaxLength = 253 - UniqueLength - 1;
        var name = target.Name.Name;
        return $"{(name.Length > MaxLength ? name[..MaxLength].TrimEnd('-', '.') : name)}.{RandomNumberGenerator.GetHexString(UniqueLength, lowercase: true)}";
    }
}
