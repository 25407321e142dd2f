using Sluice.ApiServer.Deleting;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Background;

/// <summary>Deletes objects whose owners are all gone, and takes owners that are gone out of those that have others.</summary>
internal sealed class OwnerCollection(ObjectStore store, KindCatalog catalog, ObjectDeleter deleter, OwnerIndex owners)
{
    public void Follow(in StoreChange change)
    {
        if (change.IsRemoval)
        {
            if (JsonProbe.Text(change.Object.Json, "metadata", "uid") is not { } uid)
                return;
            foreach (var (kind, key) in owners.DependentsOf(uid))
                Look(kind, key);
        }
        else if (OwnerIndex.Owners(change.Object).Count > 0)
        {
            Look(change.Object.Kind, change.Object.Key);
        }
    }

    private void Look(ResourceKind kind, ObjectKey key)
    {
        while (store.Find(kind, key) is { IsTerminating: false, File: null } dependent)
        {
            var all = OwnerIndex.Owners(dependent);
            var gone = all.Where(owner => !Exists(owner, key.Namespace)).Select(owner => owner.Uid).ToHashSet(StringComparer.Ordinal);
            if (gone.Count == 0)
                return;
            var isDone = gone.Count == all.Count ? deleter.TryDelete(dependent, isOrphaning: false) is not null : deleter.TryRelease(dependent, gone);
            if (isDone)
                return;
        }
    }

    /// <summary>Owners of kinds that are not held here count as being there.</summary>
    private bool Exists(Owner owner, string space)
    {
        if (catalog.FindByApiVersion(owner.ApiVersion, owner.Kind) is not { IsReviewOnly: false } kind)
            return true;
        var found = store.Find(kind, new ObjectKey(kind.IsNamespaced ? space : "", owner.Name));
        return found is not null && JsonProbe.Text(found.Json, "metadata", "uid") == owner.Uid;
    }
}
