using System.Buffers;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Selectors;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Views;

namespace Sluice.ApiServer.Watching;

/// <summary>
/// One watch. It keeps no queue: it reads the kind's log from where it stopped, so a slow client costs nothing but its place,
/// and is told 410 when the log has gone on without it.
/// </summary>
internal sealed class WatchStream(ObjectStore store, KindTable table, ObjectFilter filter, ObjectView view, WatchStart start, WatchLimits limits, TimeProvider clock)
{
    /// <summary>Bytes and changes that are gathered into one write.</summary>
    private const int BatchBytes = 64 << 10;
    private const int BatchChanges = 256;

    /// <summary>A buffer that a large object made longer than this is dropped after it: there may be thousands of watches.</summary>
    private const int KeptBytes = 2 * BatchBytes;

    private readonly List<StoreChange> _changes = [];
    private readonly bool _endsInitial = start.EndsInitial;
    private IEnumerable<StoredObject>? _initial = start.Initial;
    private ArrayBufferWriter<byte> _buffer = new();
    private bool _hasColumns;
    private long _position = start.Version;

    public bool WantsBookmarks { get; init; }

    public TimeSpan Duration { get; init; }

    public static ApiException TooOld(long version) =>
        ApiException.Expired($"too old resource version: {version}; the changes since then are no longer known, list again");

    public async Task RunAsync(Stream body, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        await SendInitialAsync(body, cancellation).ConfigureAwait(false);
        var bookmark = clock.GetTimestamp();
        while (true)
        {
            var changed = table.Log.Changed.Next;
            var upTo = store.Version;
            if (!table.Log.TryRead(_position, _changes, BatchChanges))
            {
                Write("ERROR"u8, CanonicalJson.Serialize(TooOld(_position).Status.ToJson()));
                await FlushAsync(body, cancellation).ConfigureAwait(false);
                return;
            }

            foreach (var change in _changes)
            {
                WriteChange(change);
                _position = change.Version;
                if (_buffer.WrittenCount >= BatchBytes)
                    await FlushAsync(body, cancellation).ConfigureAwait(false);
            }

            await FlushAsync(body, cancellation).ConfigureAwait(false);
            var hasMore = _changes.Count == BatchChanges;
            _changes.Clear();
            if (hasMore)
                continue;
            _position = Math.Max(_position, upTo);
            var isOver = clock.GetElapsedTime(began) >= Duration;
            if (WantsBookmarks && (isOver || clock.GetElapsedTime(bookmark) >= limits.BookmarkInterval))
            {
                WriteBookmark(endsInitialEvents: false);
                await FlushAsync(body, cancellation).ConfigureAwait(false);
                bookmark = clock.GetTimestamp();
            }

            if (isOver)
                return;
            await WaitAsync(changed, began, bookmark, cancellation).ConfigureAwait(false);
        }
    }

    private async Task SendInitialAsync(Stream body, CancellationToken cancellation)
    {
        // Heads are sent with the first bytes of the body: clients wait for them even when there is nothing to tell.
        await body.FlushAsync(cancellation).ConfigureAwait(false);
        if (_initial is null)
            return;
        foreach (var value in _initial)
        {
            if (!filter.Matches(value))
                continue;
            WriteObject("ADDED"u8, value);
            if (_buffer.WrittenCount >= BatchBytes)
                await FlushAsync(body, cancellation).ConfigureAwait(false);
        }

        // Objects of that moment are not kept for as long as the watch lasts.
        _initial = null;
        if (_endsInitial)
            WriteBookmark(endsInitialEvents: true);
        await FlushAsync(body, cancellation).ConfigureAwait(false);
    }

    /// <summary>Until something changes, or a bookmark or the end is due.</summary>
    private async Task WaitAsync(Task changed, long began, long bookmark, CancellationToken cancellation)
    {
        var wait = Duration - clock.GetElapsedTime(began);
        if (WantsBookmarks)
            wait = TimeSpan.FromTicks(Math.Min(wait.Ticks, (limits.BookmarkInterval - clock.GetElapsedTime(bookmark)).Ticks));
        if (wait <= TimeSpan.Zero)
            return;
        try
        {
            await changed.WaitAsync(wait, clock, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Time for a bookmark, or the end.
        }
    }

    /// <summary>What a change means to someone who sees only what the filter lets through.</summary>
    private void WriteChange(in StoreChange change)
    {
        var was = change.Previous is { } previous && filter.Matches(previous);
        var isNow = !change.IsRemoval && filter.Matches(change.Object);
        if (isNow)
            WriteObject(was ? "MODIFIED"u8 : "ADDED"u8, change.Object);
        else if (was && change.IsRemoval)
            WriteObject("DELETED"u8, change.Object);
        else if (was)
            WriteObject("DELETED"u8, LastSeen(change));
    }

    /// <summary>An object that left the filter is shown as it was, with the version of the change that took it out.</summary>
    private static StoredObject LastSeen(in StoreChange change) =>
        new(change.Object.Kind, change.Object.Key, change.Version, JsonProbe.WithVersion(change.Previous!.Json, change.Version));

    private void WriteObject(ReadOnlySpan<byte> type, StoredObject value)
    {
        WriteStart(type);
        view.Write(_buffer, value, withColumns: !_hasColumns);
        _hasColumns = true;
        _buffer.Write("}\n"u8);
    }

    private void WriteBookmark(bool endsInitialEvents)
    {
        WriteStart("BOOKMARK"u8);
        view.WriteBookmark(_buffer, _position, endsInitialEvents);
        _buffer.Write("}\n"u8);
    }

    private void Write(ReadOnlySpan<byte> type, ReadOnlySpan<byte> json)
    {
        WriteStart(type);
        _buffer.Write(json);
        _buffer.Write("}\n"u8);
    }

    private void WriteStart(ReadOnlySpan<byte> type)
    {
        _buffer.Write("{\"type\":\""u8);
        _buffer.Write(type);
        _buffer.Write("\",\"object\":"u8);
    }

    private async Task FlushAsync(Stream body, CancellationToken cancellation)
    {
        if (_buffer.WrittenCount == 0)
            return;
        await body.WritePatientlyAsync(_buffer.WrittenMemory, limits.WriteTimeout, cancellation).ConfigureAwait(false);
        if (_buffer.Capacity > KeptBytes)
            _buffer = new ArrayBufferWriter<byte>();
        else
            _buffer.ResetWrittenCount();
    }
}
