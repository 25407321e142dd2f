using System.Text.Json.Nodes;
using Sluice.ApiServer.Deleting;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Rules;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Background;

/// <summary>Deletes what is in a namespace that is to go; the namespace itself follows when nothing is left and no finalizer holds it.</summary>
internal sealed class NamespaceEmptying(ObjectStore store, ObjectDeleter deleter, ResourceKind kind)
{
    /// <summary>Namespaces to look at.</summary>
    private readonly HashSet<string> _due = new(StringComparer.Ordinal);

    public void Follow(in StoreChange change)
    {
        if (change.Object.Kind == kind)
        {
            if (!change.IsRemoval && change.Object.IsTerminating)
                _due.Add(change.Object.Key.Name);
        }
        else if (change.IsRemoval || change.Previous is null)
        {
            if (store.Find(kind, new ObjectKey("", change.Object.Key.Namespace)) is { IsTerminating: true })
                _due.Add(change.Object.Key.Namespace);
        }
    }

    public void Work()
    {
        foreach (var name in _due)
            Empty(name);
        _due.Clear();
    }

    private void Empty(string name)
    {
        foreach (var table in store.Tables.Where(table => table.Kind.IsNamespaced))
        {
            var objects = table.Objects;
            for (var i = KindTable.IndexFrom(objects, new ObjectKey(name, "")); i < objects.Count && objects[i].Key.Namespace == name; i++)
                Delete(objects[i]);
        }

        while (store.Find(kind, new ObjectKey("", name)) is { IsTerminating: true } space && !store.HasObjectsIn(name))
        {
            if (TryFinish(space))
                return;
        }
    }

    private void Delete(StoredObject value)
    {
        for (var current = value; current is not null && deleter.TryDelete(current, isOrphaning: false) is null;)
            current = store.Find(value.Kind, value.Key);
    }

    /// <summary>False when the namespace has changed meanwhile.</summary>
    private bool TryFinish(StoredObject space)
    {
        var value = JsonReading.ParseStored(space.Json);
        if (value.List("spec", "finalizers") is { } finalizers && finalizers.Any(item => item.Text() == NamespaceRules.Finalizer))
        {
            finalizers.RemoveAll(item => item.Text() == NamespaceRules.Finalizer);
            if (finalizers.Count > 0 || HasFinalizers(value))
                return store.TryPut(kind, space.Key, space, value, null, out _) == CommitOutcome.Done;
            return store.TryRemoveNamespace(space);
        }

        return value.List("spec", "finalizers") is { Count: > 0 } || HasFinalizers(value) || store.TryRemoveNamespace(space);
    }

    private static bool HasFinalizers(JsonObject value) => value.List("metadata", "finalizers") is { Count: > 0 };
}
