using System.Text;
using System.Text.Json.Nodes;
using Sluice.Controller.Clustered;
using Sluice.Kubernetes.Client;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Statuses;

/// <summary>
/// Brings the statuses in the API server to what a <see cref="StatusBook"/> wants: one write per object, never over what somebody
/// else has written in the meantime, nothing when nothing differs.
/// </summary>
/// <param name="book">What is wanted.</param>
/// <param name="api">Where to.</param>
/// <param name="merge">How.</param>
/// <param name="clock">For pauses, as the book's.</param>
internal sealed class StatusWriter(StatusBook book, IStatusApi api, StatusMerge merge, TimeProvider clock) : ApiWorker<StatusRecord>(clock)
{
    /// <summary>Of one object in a row, each after a fresh look.</summary>
    private const int MaxConflicts = 5;

    private long _writes;
    private long _unchanged;
    private long _conflicts;

    /// <summary>For lastTransitionTime. Default: the clock of pauses.</summary>
    public TimeProvider TimeOfDay { get; init; } = clock;

    /// <summary>Told of every failure: which object, and what the API server said.</summary>
    public Action<string, string, ApiException>? OnFailure { get; init; }

    /// <summary>Told of every write: which object, its metadata.uid, its status before, and what was written.</summary>
    public Action<StatusRecord, string, JsonNode?, object>? Written { get; init; }

    public long Writes => Interlocked.Read(ref _writes);

    /// <summary>Looks that found nothing to write.</summary>
    public long Unchanged => Interlocked.Read(ref _unchanged);

    public long Conflicts => Interlocked.Read(ref _conflicts);

    protected override void Begin()
    {
        book.Changed = Wake;
        book.Recheck();
    }

    protected override StatusRecord? TakeDue(out DateTimeOffset? next) => book.TakeDue(out next);

    protected override void GiveBack(StatusRecord item, bool again) => book.GiveBack(item, again);

    protected override void Refused(StatusRecord item) => book.Refused(item);

    protected override void PutOff(StatusRecord item, TimeSpan pause) => book.PutOff(item, pause);

    protected override void Failed(StatusRecord item, ApiException error) => OnFailure?.Invoke(item.Kind, item.Key.ToString(), error);

    protected override async Task WorkAsync(StatusRecord item, CancellationToken cancellation)
    {
        for (var conflicts = 0; ;)
        {
            if (book.Look(item) is not (var wanted, var observed, var version))
                return;
            if (observed is null)
            {
                if (!await LookAsync(item, cancellation))
                    return;
                continue;
            }
            var before = observed.Length == 0 ? null : JsonNode.Parse(observed);
            if (merge.Patch(item.Key, before, wanted, TimeOfDay.GetUtcNow()) is not { } status)
            {
                Interlocked.Increment(ref _unchanged);
                return;
            }
            var patch = new JsonObject { ["metadata"] = new JsonObject { ["resourceVersion"] = version }, ["status"] = status };
            try
            {
                var written = await api.PatchAsync(item.Kind, item.Key, Encoding.UTF8.GetBytes(patch.ToJsonString()), cancellation);
                Interlocked.Increment(ref _writes);
                var uid = Take(item, written);
                book.Wrote(item, wanted);
                Written?.Invoke(item, uid, before, wanted);
                return;
            }
            catch (ApiException error) when (error.IsConflict && conflicts < MaxConflicts)
            {
                conflicts++;
                Interlocked.Increment(ref _conflicts);
                if (!await LookAsync(item, cancellation))
                    return;
            }
            catch (ApiException error) when (error.IsNotFound)
            {
                book.Missing(item);
                return;
            }
        }
    }

    /// <summary>A fresh look; false when the object is gone.</summary>
    private async Task<bool> LookAsync(StatusRecord item, CancellationToken cancellation)
    {
        if (await api.FindAsync(item.Kind, item.Key, cancellation) is { } found)
        {
            Take(item, found);
            return true;
        }
        book.Missing(item);
        return false;
    }

    /// <summary>Returns the object's metadata.uid.</summary>
    private string Take(StatusRecord item, ReadOnlyMemory<byte> json)
    {
        var envelope = ObjectEnvelope.Read(json.Span);
        book.Seen(item, envelope.ResourceVersion, json.Span.Slice(envelope.StatusStart, envelope.StatusLength));
        return envelope.Uid;
    }
}
