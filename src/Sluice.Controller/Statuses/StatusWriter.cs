using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sluice.Kubernetes.Client;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Statuses;

/// <summary>
/// Brings the statuses in the API server to what a <see cref="StatusBook"/> wants: one write per object, never over what somebody
/// else has written in the meantime, nothing when nothing differs. While the API server is away it tries with one request at a time,
/// less and less often.
/// </summary>
/// <param name="book">What is wanted.</param>
/// <param name="api">Where to.</param>
/// <param name="merge">How.</param>
/// <param name="clock">The time.</param>
internal sealed class StatusWriter(StatusBook book, IStatusApi api, StatusMerge merge, TimeProvider clock)
{
    /// <summary>Requests at a time.</summary>
    private const int MaxRequests = 16;

    /// <summary>Of one object in a row, each after a fresh look.</summary>
    private const int MaxConflicts = 5;

    private readonly SemaphoreSlim _wake = new(0, 1);
    private int _requests;
    private int _failures;
    private long _pausedUntil;
    private long _writes;
    private long _unchanged;
    private long _conflicts;
    private long _errors;

    /// <summary>Told of every failure: which object, and what the API server said.</summary>
    public Action<string, string, ApiException>? Failed { get; init; }

    /// <summary>Told of every write: which object, its metadata.uid, its status before, and what was written.</summary>
    public Action<StatusRecord, string, JsonNode?, object>? Written { get; init; }

    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>Looks that found nothing to write.</summary>
    public long Unchanged => Interlocked.Read(ref _unchanged);

    public long Conflicts => Interlocked.Read(ref _conflicts);

    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>Writes until cancelled; whoever is not the leader does not run it. Waits for requests under way before it returns.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        book.Changed = Wake;
        book.Recheck();
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                var wait = Start(cancellation);
                await WaitAsync(wait, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            while (Volatile.Read(ref _requests) > 0)
                await _wake.WaitAsync(CancellationToken.None);
        }
    }

    /// <summary>Starts what may be started, and says how long nothing is due; null: until there is news.</summary>
    private TimeSpan? Start(CancellationToken cancellation)
    {
        while (true)
        {
            if (Volatile.Read(ref _requests) >= (Volatile.Read(ref _failures) > 0 ? 1 : MaxRequests))
                return null;
            var pause = new DateTimeOffset(Interlocked.Read(ref _pausedUntil), TimeSpan.Zero) - clock.GetUtcNow();
            if (pause > TimeSpan.Zero)
                return pause;
            if (book.TakeDue(out var next) is not { } record)
                return next - clock.GetUtcNow();
            Interlocked.Increment(ref _requests);
            _ = WorkAsync(record, cancellation);
        }
    }

    private async Task WaitAsync(TimeSpan? wait, CancellationToken cancellation)
    {
        if (wait <= TimeSpan.Zero)
            return;
        await using var timer = wait is { } time ? clock.CreateTimer(static state => ((StatusWriter)state!).Wake(), this, time, Timeout.InfiniteTimeSpan) : null;
        await _wake.WaitAsync(cancellation);
    }

    private void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0)
                _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke it at the same moment.
        }
    }

    private async Task WorkAsync(StatusRecord record, CancellationToken cancellation)
    {
        var again = false;
        try
        {
            await Task.Yield();
            await BringAsync(record, cancellation);
            Volatile.Write(ref _failures, 0);
        }
        catch (OperationCanceledException)
        {
            again = true;
        }
        catch (ApiException error)
        {
            again = Handle(record, error);
        }
        catch (JsonException error)
        {
            again = Handle(record, new ApiException(0, ApiException.BadAnswer, $"{record.Kind} {record.Key}: the API server's answer is no object: {error.Message}"));
        }
        finally
        {
            Interlocked.Decrement(ref _requests);
            book.GiveBack(record, again);
            Wake();
        }
    }

    /// <summary>Says whether to try again at once, that is when the pause is over.</summary>
    private bool Handle(StatusRecord record, ApiException error)
    {
        Interlocked.Increment(ref _errors);
        Failed?.Invoke(record.Kind, record.Key.ToString(), error);
        if (!error.IsTransient)
        {
            book.Refused(record);
            return false;
        }
        var pause = StatusPace.Pause(Interlocked.Increment(ref _failures));
        if (error.RetryAfter > pause)
            pause = error.RetryAfter.Value;
        Interlocked.Exchange(ref _pausedUntil, (clock.GetUtcNow() + pause).UtcTicks);
        return true;
    }

    private async Task BringAsync(StatusRecord record, CancellationToken cancellation)
    {
        for (var conflicts = 0; ;)
        {
            if (book.Look(record) is not (var wanted, var observed, var version))
                return;
            if (observed is null)
            {
                if (!await LookAsync(record, cancellation))
                    return;
                continue;
            }
            var before = Parse(observed);
            if (merge.Patch(record.Key, before, wanted, clock.GetUtcNow()) is not { } status)
            {
                Interlocked.Increment(ref _unchanged);
                return;
            }
            var patch = new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = version }, ["status"] = status };
            try
            {
                var written = await api.PatchAsync(record.Kind, record.Key, Encoding.UTF8.GetBytes(patch.ToJsonString()), cancellation);
                Interlocked.Increment(ref _writes);
                var uid = Take(record, written);
                book.Wrote(record, wanted);
                Written?.Invoke(record, uid, before, wanted);
                return;
            }
            catch (ApiException error) when (error.IsConflict && conflicts < MaxConflicts)
            {
                conflicts++;
                Interlocked.Increment(ref _conflicts);
                if (!await LookAsync(record, cancellation))
                    return;
            }
            catch (ApiException error) when (error.IsNotFound)
            {
                book.Missing(record);
                return;
            }
        }
    }

    /// <summary>A fresh look; false when the object is gone.</summary>
    private async Task<bool> LookAsync(StatusRecord record, CancellationToken cancellation)
    {
        if (await api.FindAsync(record.Kind, record.Key, cancellation) is { } found)
        {
            Take(record, found);
            return true;
        }
        book.Missing(record);
        return false;
    }

    /// <summary>Returns the object's metadata.uid.</summary>
    private string Take(StatusRecord record, ReadOnlyMemory<byte> json)
    {
        var envelope = ObjectEnvelope.Read(json.Span);
        book.Seen(record, envelope.ResourceVersion, json.Span.Slice(envelope.StatusStart, envelope.StatusLength));
        return envelope.Uid;
    }

    private static JsonNode? Parse(byte[] status) => status.Length == 0 ? null : JsonNode.Parse(status);
}
