using System.Text;
using Sluice.Controller.Publishing;
using Sluice.Resources;

namespace Sluice.Controller.Statuses;

/// <summary>
/// What is wanted of the status of every object of ours, and what the API server has; says which object is to be looked at when.
/// Knows no requests. Thread-safe.
/// </summary>
internal sealed class StatusBook(IReadOnlyList<string> controllerNames, TimeProvider clock)
{
    /// <summary>An object with an entry of ours may be on its way to be wanted: it was seen before it was translated.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly byte[][] _names = [.. controllerNames.Select(Encoding.UTF8.GetBytes)];
    private readonly Dictionary<string, StatusTable> _tables = [];
    private readonly PriorityQueue<StatusRecord, DateTimeOffset> _queue = new();
    private long _pass;

    /// <summary>Called, on any thread, when something may be due earlier than before.</summary>
    public Action? Changed { get; set; }

    /// <summary>Objects that are kept track of.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _tables.Values.Sum(table => table.Records.Count);
        }
    }

    /// <summary>The API server has this object with this status.</summary>
    /// <param name="kind">As in manifests.</param>
    /// <param name="key">Of the object.</param>
    /// <param name="version">Its resourceVersion.</param>
    /// <param name="status">The value of status, empty when there is none.</param>
    /// <param name="isOurs">False for objects that are nothing to us but for what we may have written there before.</param>
    public void Observe(string kind, NamespacedName key, string version, ReadOnlySpan<byte> status, bool isOurs)
    {
        lock (_lock)
        {
            var table = TableOf(kind);
            if (!table.Records.TryGetValue(key, out var record))
            {
                if (!isOurs && !NamesUs(status))
                    return;
                record = table.Get(key);
            }
            if (!Take(record, version, status))
                return;
            if (record.Wanted is not null)
                Schedule(record, ReferenceEquals(record.Written, record.Wanted) ? StatusPace.Rewrite(record, clock.Steady()) : clock.Steady());
            else if (table is { Nothing: not null, LastWanted: not null } && NamesUs(status))
                Schedule(record, clock.Steady() + Grace);
        }
        Changed?.Invoke();
    }

    /// <summary>The object is gone.</summary>
    public void Forget(string kind, NamespacedName key)
    {
        lock (_lock)
        {
            if (TableOf(kind).Records.TryGetValue(key, out var record))
                Remove(record);
        }
    }

    /// <summary>All that is wanted of objects of a kind: what is not among it is not wanted any more.</summary>
    public void Want<T>(string kind, IReadOnlyDictionary<NamespacedName, T> statuses)
        where T : class
    {
        lock (_lock)
        {
            var table = TableOf(kind);
            if (ReferenceEquals(table.LastWanted, statuses))
                return;
            table.LastWanted = statuses;
            _pass++;
            foreach (var (key, status) in statuses)
                Want(table.Get(key), status);
            if (table.WantedCount > statuses.Count)
                Sweep(table);
        }
        Changed?.Invoke();
    }

    /// <summary>Everything is to be looked at: whoever wrote until now may have been somebody else.</summary>
    public void Recheck()
    {
        lock (_lock)
        {
            foreach (var table in _tables.Values)
            {
                foreach (var record in table.Records.Values)
                {
                    if (record.Wanted is not null || (table is { Nothing: not null, LastWanted: not null } && record.Observed is not null))
                        Schedule(record, clock.Steady());
                }
            }
        }
        Changed?.Invoke();
    }

    /// <summary>The next record to work on, which is then busy until it is given back; null when none is due, with the time of the next.</summary>
    public StatusRecord? TakeDue(out DateTimeOffset? next)
    {
        lock (_lock)
        {
            next = null;
            while (_queue.TryPeek(out var record, out var due))
            {
                // Scheduled anew, gone, or looked at when it is given back.
                if (record.Due != due || record.IsBusy)
                {
                    _queue.Dequeue();
                    continue;
                }
                if (due > clock.Steady())
                {
                    next = due;
                    return null;
                }
                _queue.Dequeue();
                record.Due = null;
                record.IsBusy = true;
                return record;
            }
            return null;
        }
    }

    /// <summary>What to bring the record's object to; null when nothing is to be done.</summary>
    public (object Wanted, byte[]? Observed, string ResourceVersion)? Look(StatusRecord record)
    {
        lock (_lock)
        {
            if (record.Wanted is { } wanted)
                return (wanted, record.Observed, record.ResourceVersion);
            return record.Table.Nothing is { } nothing && record.Observed is not null ? (nothing, record.Observed, record.ResourceVersion) : null;
        }
    }

    /// <summary>A fresh look at the API server, or a write, has shown this: whatever its version, as a server that was restored counts from before.</summary>
    public void Seen(StatusRecord record, string version, ReadOnlySpan<byte> status)
    {
        lock (_lock)
        {
            record.ResourceVersion = version;
            if (record.Observed is null || !status.SequenceEqual(record.Observed))
                record.Observed = status.ToArray();
        }
    }

    /// <summary>The object could not be found: it is looked for again when there is news of it.</summary>
    public void Missing(StatusRecord record)
    {
        lock (_lock)
            record.Observed = null;
    }

    public void Wrote(StatusRecord record, object wanted)
    {
        lock (_lock)
        {
            record.Rewrites = ReferenceEquals(record.Written, wanted) ? record.Rewrites + 1 : 0;
            record.CountWrites = StatusUrgency.OnlyCounts(record.Written, wanted) ? record.CountWrites + 1 : 0;
            record.Written = wanted;
            record.LastWrite = clock.Steady();
            record.Refusals = 0;
        }
    }

    /// <summary>The API server does not take it; it is tried again, later and later.</summary>
    public void Refused(StatusRecord record)
    {
        lock (_lock)
        {
            record.Refusals++;
            Schedule(record, StatusPace.Refused(record, clock.Steady()));
        }
    }

    /// <summary>The API server fails at it; it is tried again after a pause.</summary>
    public void PutOff(StatusRecord record, TimeSpan pause)
    {
        lock (_lock)
            Schedule(record, clock.Steady() + pause);
    }

    /// <summary>Ends the work on a record.</summary>
    /// <param name="record">From <see cref="TakeDue"/>.</param>
    /// <param name="again">It is to be looked at again at once.</param>
    public void GiveBack(StatusRecord record, bool again)
    {
        lock (_lock)
        {
            record.IsBusy = false;
            if (record.Table.Records.GetValueOrDefault(record.Key) != record)
                return;
            if (again)
                Schedule(record, clock.Steady());
            else if (record.Due is { } due)
                _queue.Enqueue(record, due);
        }
    }

    private StatusTable TableOf(string kind)
    {
        if (!_tables.TryGetValue(kind, out var table))
            _tables.Add(kind, table = new StatusTable(kind));
        return table;
    }

    private void Want(StatusRecord record, object status)
    {
        record.Pass = _pass;
        if (ReferenceEquals(record.Wanted, status))
            return;
        if (record.Wanted is null)
            record.Table.WantedCount++;
        var due = StatusUrgency.OnlyCounts(record.Wanted, status) ? StatusPace.Counts(record, clock.Steady()) : clock.Steady();
        record.Wanted = status;
        record.Refusals = 0;
        Schedule(record, due);
    }

    private void Sweep(StatusTable table)
    {
        foreach (var record in table.Records.Values.Where(record => record.Pass != _pass && record.Wanted is not null).ToList())
        {
            record.Wanted = null;
            table.WantedCount--;
            if (record.Observed is null)
                Remove(record);
            else if (table.Nothing is not null)
                Schedule(record, clock.Steady());
        }
    }

    private static void Remove(StatusRecord record)
    {
        record.Table.Records.Remove(record.Key);
        if (record.Wanted is not null)
            record.Table.WantedCount--;
        record.Wanted = null;
        record.Observed = null;
        record.Due = null;
    }

    /// <summary>False when it says nothing new.</summary>
    private static bool Take(StatusRecord record, string version, ReadOnlySpan<byte> status)
    {
        if (record.Observed is not null && IsOlder(version, record.ResourceVersion))
            return false;
        record.ResourceVersion = version;
        if (record.Observed is not null && status.SequenceEqual(record.Observed))
            return false;
        record.Observed = status.ToArray();
        return true;
    }

    private void Schedule(StatusRecord record, DateTimeOffset due)
    {
        if (record.Due <= due)
            return;
        record.Due = due;
        if (!record.IsBusy)
            _queue.Enqueue(record, due);
    }

    private bool NamesUs(ReadOnlySpan<byte> status)
    {
        foreach (var name in _names)
        {
            if (status.IndexOf(name) >= 0)
                return true;
        }
        return false;
    }

    // Versions are decimal numbers that grow; what is none is taken as it comes.
    private static bool IsOlder(string version, string than) => ulong.TryParse(version, out var one) && ulong.TryParse(than, out var other) && one < other;
}
