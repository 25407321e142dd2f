using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Writing;

namespace Sluice.ApiServer.Deleting;

/// <summary>Deletes objects, or marks those that must wait: for finalizers, and for what is in a namespace.</summary>
internal sealed class ObjectDeleter(ObjectStore store, OwnerIndex owners, TimeProvider clock)
{
    /// <summary>Null when the object has changed meanwhile.</summary>
    public DeleteOutcome? TryDelete(StoredObject current, bool isOrphaning)
    {
        if (isOrphaning)
            Orphan(current);
        var waits = current.Kind is { Group: "", Kind: "Namespace" } || JsonProbe.Has(current.Json, "metadata", "finalizers") && HasFinalizers(current);
        if (!waits)
            return store.TryRemove(current, out var last) ? new DeleteOutcome(last, true) : null;
        if (current.IsTerminating)
            return new DeleteOutcome(current, false);
        var value = Marked(current);
        return store.TryPut(current.Kind, current.Key, current, value, current.File, out var stored) == CommitOutcome.Done
            ? new DeleteOutcome(stored!, false)
            : null;
    }

    /// <summary>Takes one owner out of an object's references. False when the object has changed meanwhile.</summary>
    public bool TryRelease(StoredObject dependent, IReadOnlyCollection<string> ownerUids)
    {
        var value = JsonReading.ParseStored(dependent.Json);
        var metadata = value.Child("metadata");
        if (metadata["ownerReferences"] is not JsonArray references)
            return true;
        references.RemoveAll(reference => ownerUids.Contains(reference.Text("uid") ?? ""));
        if (references.Count == 0)
            metadata.Remove("ownerReferences");
        return store.TryPut(dependent.Kind, dependent.Key, dependent, value, dependent.File, out _) == CommitOutcome.Done;
    }

    private void Orphan(StoredObject owner)
    {
        if (JsonProbe.Text(owner.Json, "metadata", "uid") is not { } uid)
            return;
        foreach (var (kind, key) in owners.DependentsOf(uid))
        {
            while (store.Find(kind, key) is { } dependent && !TryRelease(dependent, [uid]))
            {
                // Someone else was quicker: look again.
            }
        }
    }

    private JsonObject Marked(StoredObject current)
    {
        var value = JsonReading.ParseStored(current.Json);
        var metadata = value.Child("metadata");
        metadata["deletionTimestamp"] = MetadataPreparation.Time(clock.GetUtcNow());
        metadata["deletionGracePeriodSeconds"] = 0L;
        if (current.Kind.HasGeneration)
            metadata["generation"] = (metadata.Integer("generation") ?? 0) + 1;
        if (current.Kind is { Group: "", Kind: "Namespace" })
            value.Child("status")["phase"] = "Terminating";
        return value;
    }

    private static bool HasFinalizers(StoredObject value) => JsonReading.ParseStored(value.Json).List("metadata", "finalizers") is { Count: > 0 };
}
