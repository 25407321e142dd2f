using System.Text.Json.Nodes;

namespace Sluice.Resources.Patches;

/// <summary>Merges the items of a list, by a merge key or, for plain values, by the value.</summary>
internal static class MergedList
{
    /// <summary>Merges into the target and returns it.</summary>
    /// <param name="target">The list as it is.</param>
    /// <param name="patch">Items to merge; those with $patch delete or replace the list's.</param>
    /// <param name="order">The order the list is to have ($setElementOrder); null takes that of the patch.</param>
    /// <param name="field">What is known of the list.</param>
    /// <param name="path">Of the list.</param>
    public static JsonArray Merge(JsonArray target, JsonArray patch, JsonArray? order, PatchField field, FieldPath path)
    {
        var before = target.Select(item => KeyOf(item, field, path)).ToList();
        var items = before.Zip(target).ToList();
        target.Clear();
        var changes = Directed(items, patch, field, path);
        var wanted = order is null ? changes.ConvertAll(change => change.Key) : [.. order.Select(item => KeyOf(item, field, path))];
        if (order is not null)
            CheckOrder(changes, wanted, path);
        Change(items, changes, field, path);
        foreach (var item in Ordered(items, wanted, before))
            target.Add(item);
        return target;
    }

    // Carries out the directives among the items of the patch, and returns the others.
    private static List<(string Key, JsonNode? Value)> Directed(List<(string Key, JsonNode? Value)> items, JsonArray patch, PatchField field, FieldPath path)
    {
        var changes = new List<(string Key, JsonNode? Value)>();
        var deleted = new HashSet<string>(StringComparer.Ordinal);
        foreach (var change in patch)
        {
            var directive = change is JsonObject fields && field.MergeKey is not null ? PatchDirectives.Of(fields, path) : "merge";
            if (directive == "delete")
                deleted.Add(KeyOf(change, field, path));
            else if (directive == "replace")
                items.Clear();
            else
                changes.Add((KeyOf(change, field, path), change));
        }

        items.RemoveAll(item => deleted.Contains(item.Key));
        return changes;
    }

    private static void Change(List<(string Key, JsonNode? Value)> items, List<(string Key, JsonNode? Value)> changes, PatchField field, FieldPath path)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
            places.TryAdd(items[i].Key, i);
        foreach (var (key, value) in changes)
        {
            var isNew = places.TryAdd(key, items.Count);
            if (value is JsonObject change && field.MergeKey is not null)
            {
                var found = isNew ? [] : (JsonObject)items[places[key]].Value!;
                var merged = StrategicMergePatch.Merge(found, change, field.Schema, path.Item($"{field.MergeKey}={change[field.MergeKey]}"));
                if (isNew)
                    items.Add((key, merged));
            }
            else if (isNew)
            {
                items.Add((key, value?.DeepClone()));
            }
        }
    }

    // As in Kubernetes: what the patch names stands in the order of the patch, what only the list has keeps its own, and where
    // the two meet, an item only the list has comes first when it did so before.
    private static IEnumerable<JsonNode?> Ordered(List<(string Key, JsonNode? Value)> items, List<string> wanted, List<string> before)
    {
        var rank = Ranks(wanted);
        var place = Ranks(before);
        var named = items.Where(item => rank.ContainsKey(item.Key)).OrderBy(item => rank[item.Key]).ToList();
        var next = 0;
        foreach (var (key, value) in items)
        {
            if (rank.ContainsKey(key))
                continue;
            while (next < named.Count && !(place.TryGetValue(named[next].Key, out var other) && place[key] < other))
                yield return named[next++].Value;
            yield return value;
        }

        for (; next < named.Count; next++)
            yield return named[next].Value;
    }

    private static Dictionary<string, int> Ranks(List<string> keys)
    {
        var ranks = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var key in keys)
            ranks.TryAdd(key, ranks.Count);
        return ranks;
    }

    private static void CheckOrder(List<(string Key, JsonNode? Value)> changes, List<string> order, FieldPath path)
    {
        var at = 0;
        foreach (var (key, _) in changes)
        {
            at = order.IndexOf(key, at);
            if (at < 0)
                throw PatchDirectives.Malformed(path, $"$setElementOrder must name the items of the patch in their order, and lacks {key} where the patch has it");
        }
    }

    // Keys are compared as JSON: the number 80 and the string "80" are two.
    private static string KeyOf(JsonNode? item, PatchField field, FieldPath path)
    {
        if (field.MergeKey is null)
            return item is JsonObject or JsonArray ? throw PatchDirectives.Malformed(path, "must hold plain values only") : item?.ToJsonString() ?? "null";
        if (item is not JsonObject fields)
            throw PatchDirectives.Malformed(path, "must hold objects only");
        return fields[field.MergeKey]?.ToJsonString() ?? throw PatchDirectives.Malformed(path, $"every item must have {field.MergeKey}, by which items are told apart");
    }
}
