namespace Sluice.ApiServer.Store;

/// <summary>Reads the changes of several kinds in order, from where it stopped. Not thread-safe.</summary>
internal sealed class StoreReader(ObjectStore store, IReadOnlyCollection<KindTable> tables)
{
    private long _position = -1;

    /// <summary>Every change up to this version has been read.</summary>
    public long Position => _position;

    /// <summary>Waits until there is something, and reads it. The first time, and when the history has gone on without this reader, it is all objects.</summary>
    /// <param name="changes">Gets the changes, oldest first; all objects, without Previous, when the answer is true.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>Whether <paramref name="changes"/> is everything that there is.</returns>
    public async ValueTask<bool> ReadAsync(List<StoreChange> changes, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var changed = store.Changed.Next;
            var isAll = Read(changes);
            if (isAll || changes.Count > 0)
                return isAll;
            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    private bool Read(List<StoreChange> changes)
    {
        changes.Clear();
        var upTo = store.Version;
        if (_position >= 0 && tables.All(table => table.Log.TryRead(_position, changes, int.MaxValue)))
        {
            changes.RemoveAll(change => change.Version > upTo);
            changes.Sort((a, b) => a.Version.CompareTo(b.Version));
            _position = upTo;
            return false;
        }

        changes.Clear();
        (var objects, _position) = store.Snapshot(tables);
        changes.AddRange(objects.Select(value => new StoreChange(value, null, IsRemoval: false)));
        return true;
    }
}
