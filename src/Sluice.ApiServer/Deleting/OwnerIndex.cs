using System.Text.Json.Nodes;
using Sluice.ApiServer.Json;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Deleting;

/// <summary>Who is owned by whom. Follows the store.</summary>
internal sealed class OwnerIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<(ResourceKind Kind, ObjectKey Key)>> _dependents = new(StringComparer.Ordinal);

    /// <summary>The objects that name an owner by this uid.</summary>
    public IReadOnlyList<(ResourceKind Kind, ObjectKey Key)> DependentsOf(string uid)
    {
        lock (_gate)
            return _dependents.TryGetValue(uid, out var found) ? [.. found] : [];
    }

    public void Follow(StoreChange change)
    {
        var before = change.Previous is { } previous ? Owners(previous) : [];
        var after = change.IsRemoval ? [] : Owners(change.Object);
        if (before.Count == 0 && after.Count == 0)
            return;
        var place = (change.Object.Kind, change.Object.Key);
        lock (_gate)
        {
            foreach (var owner in before)
            {
                if (_dependents.TryGetValue(owner.Uid, out var known) && known.Remove(place) && known.Count == 0)
                    _dependents.Remove(owner.Uid);
            }

            foreach (var owner in after)
            {
                if (!_dependents.TryGetValue(owner.Uid, out var known))
                    _dependents[owner.Uid] = known = [];
                known.Add(place);
            }
        }
    }

    public static IReadOnlyList<Owner> Owners(StoredObject value)
    {
        if (JsonProbe.Place(value.Json, "metadata", "ownerReferences") is not { } place)
            return [];
        return JsonReading.Parse(value.Json.AsSpan()[place]) is JsonArray list
            ? [.. list.Select(item => new Owner(item.Text("apiVersion") ?? "", item.Text("kind") ?? "", item.Text("name") ?? "", item.Text("uid") ?? ""))]
            : [];
    }
}
