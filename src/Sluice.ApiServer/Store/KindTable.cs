using System.Collections.Immutable;
using Sluice.ApiServer.Kinds;

namespace Sluice.ApiServer.Store;

/// <summary>The objects of one kind and what happened to them. Changed only under the store's lock; read by anyone.</summary>
internal sealed class KindTable(ResourceKind kind, ChangeLog log)
{
    public ResourceKind Kind { get; } = kind;

    public ChangeLog Log { get; } = log;

    public ImmutableSortedSet<StoredObject> Objects { get; private set; } = ImmutableSortedSet.Create<StoredObject>(StoredObjectOrder.Instance);

    public StoredObject? Find(ObjectKey key) => Find(Objects, key);

    public void Put(StoredObject value, StoredObject? previous)
    {
        Objects = (previous is null ? Objects : Objects.Remove(previous)).Add(value);
        Log.Append(new StoreChange(value, previous, IsRemoval: false));
    }

    public void Remove(StoredObject last, StoredObject previous)
    {
        Objects = Objects.Remove(previous);
        Log.Append(new StoreChange(last, previous, IsRemoval: true));
    }

    /// <summary>Adds an object that is no news.</summary>
    public void Restore(StoredObject value) => Objects = Objects.Add(value);

    public bool HasObjectsIn(string space)
    {
        var at = IndexFrom(Objects, new ObjectKey(space, ""));
        return at < Objects.Count && Objects[at].Key.Namespace == space;
    }

    public static StoredObject? Find(ImmutableSortedSet<StoredObject> objects, ObjectKey key) =>
        objects.TryGetValue(Probe(key), out var found) ? found : null;

    /// <summary>Where the first object that is not before the key stands.</summary>
    public static int IndexFrom(ImmutableSortedSet<StoredObject> objects, ObjectKey key)
    {
        var at = objects.IndexOf(Probe(key));
        return at < 0 ? ~at : at;
    }

    private static StoredObject Probe(ObjectKey key) => new(null!, key, 0, []);
}
