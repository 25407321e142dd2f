using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;

namespace Sluice.ApiServer.Store;

/// <summary>
/// Every object, in memory. Writers compare and swap: they say which version they started from, and begin again when it is no
/// longer there. One counter gives every change its resourceVersion.
/// </summary>
internal sealed class ObjectStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ResourceKind, KindTable> _tables;
    private readonly KindTable _namespaces;
    private long _version;
    private long _bytes;

    /// <param name="catalog">The kinds.</param>
    /// <param name="firstVersion">The counter's start: above everything that was given out before.</param>
    /// <param name="limits">How much history is kept.</param>
    /// <param name="clock">Tells history's age.</param>
    public ObjectStore(KindCatalog catalog, long firstVersion, HistoryLimits limits, TimeProvider clock)
    {
        _version = firstVersion;
        _tables = catalog.All
            .Where(kind => kind.Storage == kind && !kind.IsReviewOnly)
            .ToDictionary(kind => kind, kind => new KindTable(kind, new ChangeLog(limits, clock, firstVersion)));
        _namespaces = _tables[catalog.Find("", "Namespace")!];
    }

    /// <summary>Set after every change of any kind.</summary>
    public Signal Changed { get; } = new();

    /// <summary>Told of every change in order, under the store's lock: it must be quick.</summary>
    public Action<StoreChange>? Committed { get; set; }

    public IReadOnlyCollection<KindTable> Tables => _tables.Values;

    /// <summary>Every change up to this version can be read.</summary>
    public long Version => Volatile.Read(ref _version);

    /// <summary>Of all objects as JSON, without their history.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public KindTable Table(ResourceKind kind) => _tables[kind.Storage];

    public StoredObject? Find(ResourceKind kind, ObjectKey key) => Table(kind).Find(key);

    /// <summary>The objects of a kind and the version that they are of.</summary>
    public (ImmutableSortedSet<StoredObject> Objects, long Version) Snapshot(ResourceKind kind)
    {
        lock (_gate)
            return (Table(kind).Objects, _version);
    }

    /// <summary>The objects of several kinds at one moment.</summary>
    public (IReadOnlyList<StoredObject> Objects, long Version) Snapshot(IReadOnlyCollection<KindTable> tables)
    {
        lock (_gate)
            return ([.. tables.SelectMany(table => table.Objects)], _version);
    }

    /// <summary>The objects of a kind as they were; null when that is too long ago.</summary>
    public ImmutableSortedSet<StoredObject>? SnapshotAt(ResourceKind kind, long version)
    {
        var (objects, _) = Snapshot(kind);
        var since = new List<StoreChange>();
        if (!Table(kind).Log.TryRead(version, since, int.MaxValue))
            return null;

        // The log may be ahead of the snapshot: undoing a change that is not in it leaves it as it is.
        for (var i = since.Count - 1; i >= 0; i--)
        {
            var (value, previous, _) = since[i];
            objects = objects.Remove(value);
            if (previous is not null)
                objects = objects.Remove(previous).Add(previous);
        }

        return objects;
    }

    /// <summary>Creates or replaces an object.</summary>
    /// <param name="kind">A kind that stores.</param>
    /// <param name="key">Which object.</param>
    /// <param name="expected">What must be there; null when nothing must.</param>
    /// <param name="value">The object; its resourceVersion is set here.</param>
    /// <param name="file">The file that defines it, if any.</param>
    /// <param name="stored">What is there now.</param>
    public CommitOutcome TryPut(ResourceKind kind, ObjectKey key, StoredObject? expected, JsonObject value, string? file, out StoredObject? stored)
    {
        var metadata = value.Child("metadata");
        var isTerminating = metadata.ContainsKey("deletionTimestamp");
        lock (_gate)
        {
            var table = _tables[kind];
            stored = table.Find(key);
            if (stored != expected)
                return CommitOutcome.Changed;
            if (stored is null && file is null && kind.IsNamespaced)
            {
                var space = _namespaces.Find(new ObjectKey("", key.Namespace));
                if (space is null)
                    return CommitOutcome.NoNamespace;
                if (space.IsTerminating)
                    return CommitOutcome.NamespaceTerminating;
            }

            var version = _version + 1;
            metadata["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
            stored = new StoredObject(kind, key, version, CanonicalJson.Serialize(value)) { IsTerminating = isTerminating, File = file };
            table.Put(stored, expected);
            Interlocked.Add(ref _bytes, stored.Json.Length - (expected?.Json.Length ?? 0));
            Publish(table, new StoreChange(stored, expected, IsRemoval: false));
        }

        Wake(kind);
        return CommitOutcome.Done;
    }

    /// <summary>Removes an object if it is still the one given.</summary>
    public bool TryRemove(StoredObject expected, out StoredObject last)
    {
        lock (_gate)
        {
            last = expected;
            var table = _tables[expected.Kind];
            if (table.Find(expected.Key) != expected)
                return false;
            last = Remove(table, expected);
        }

        Wake(expected.Kind);
        return true;
    }

    /// <summary>Removes a namespace if nothing is in it and it is still the one given.</summary>
    public bool TryRemoveNamespace(StoredObject expected)
    {
        lock (_gate)
        {
            if (_namespaces.Find(expected.Key) != expected || HasObjectsIn(expected.Key.Name))
                return false;
            Remove(_namespaces, expected);
        }

        Wake(expected.Kind);
        return true;
    }

    public bool HasObjectsIn(string space) => _tables.Values.Any(table => table.Kind.IsNamespaced && table.HasObjectsIn(space));

    /// <summary>An object in a namespace that a file of the user defines; null when there is none.</summary>
    public StoredObject? FileObjectIn(string space)
    {
        foreach (var table in _tables.Values.Where(table => table.Kind.IsNamespaced))
        {
            var objects = table.Objects;
            for (var i = KindTable.IndexFrom(objects, new ObjectKey(space, "")); i < objects.Count && objects[i].Key.Namespace == space; i++)
            {
                if (objects[i].File is not null)
                    return objects[i];
            }
        }

        return null;
    }

    /// <summary>Puts an object of an earlier run back, before anything is served. Whoever follows is told of it as of a new one.</summary>
    public void Restore(StoredObject value)
    {
        lock (_gate)
        {
            _tables[value.Kind].Restore(value);
            Interlocked.Add(ref _bytes, value.Json.Length);
            Committed?.Invoke(new StoreChange(value, null, IsRemoval: false));
        }
    }

    private StoredObject Remove(KindTable table, StoredObject expected)
    {
        var version = _version + 1;
        var last = new StoredObject(expected.Kind, expected.Key, version, JsonProbe.WithVersion(expected.Json, version)) { IsTerminating = true, File = expected.File };
        table.Remove(last, expected);
        Interlocked.Add(ref _bytes, -expected.Json.Length);
        Publish(table, new StoreChange(last, expected, IsRemoval: true));
        return last;
    }

    private void Publish(KindTable table, in StoreChange change)
    {
        Committed?.Invoke(change);
        Volatile.Write(ref _version, change.Version);
    }

    private void Wake(ResourceKind kind)
    {
        _tables[kind].Log.Changed.Set();
        Changed.Set();
    }
}
