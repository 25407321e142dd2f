using System.Text.Json.Nodes;
using Sluice.Resources.Schemas;

namespace Sluice.Resources.Patches;

/// <summary>
/// Kubernetes's strategic merge patches: a JSON Merge Patch that also merges the items of lists whose schema declares a merge key
/// (<see cref="SchemaNode.PatchMergeKey"/>), and takes directives ($patch, $retainKeys, $deleteFromPrimitiveList, $setElementOrder).
/// </summary>
/// <remarks>
/// Beyond what Kubernetes takes, "$patch: merge" is accepted as what holds anyway, and "$patch: replace" in a list that is
/// replaced in any case. An item with "$patch: delete" in such a list is an error, where Kubernetes makes an empty item of it.
/// </remarks>
public static class StrategicMergePatch
{
    /// <summary>Whether the kind has strategic merge patches: it is one of Kubernetes's own that is known here.</summary>
    public static bool Supports(string kind) => Find(kind) is not null;

    /// <param name="target">The object; null counts as an empty one.</param>
    /// <param name="patch">An object.</param>
    /// <param name="kind">As in manifests: "Deployment".</param>
    /// <returns>A new tree that shares nothing with the two.</returns>
    /// <exception cref="PatchException">The patch is malformed, does not fit, or is nested deeper than <see cref="PatchLimits.MaxDepth"/>.</exception>
    public static JsonNode? Apply(JsonNode? target, JsonNode patch, string kind)
    {
        var schema = Find(kind) ?? throw PatchException.Malformed("", $"there are no strategic merge patches for the kind {kind}: use a JSON Merge Patch or a JSON Patch");
        if (patch is not JsonObject changes)
            throw PatchException.Malformed("", "a strategic merge patch must be an object");
        if (target is not (null or JsonObject))
            throw PatchException.Unfit("", "a strategic merge patch is applied to an object");
        TreeDepth.Check(patch);
        return Merge((JsonObject?)target?.DeepClone() ?? [], changes, schema.Root, FieldPath.Root);
    }

    /// <summary>Merges into the target, and returns it or what takes its place.</summary>
    internal static JsonObject Merge(JsonObject target, JsonObject patch, SchemaNode? schema, FieldPath path)
    {
        switch (PatchDirectives.Of(patch, path))
        {
            case "delete":
                return [];
            case "replace":
                target = [];
                break;
        }

        PatchDirectives.Retain(target, patch, path);
        foreach (var (name, values) in PatchDirectives.Deletions(patch, path))
        {
            var deleted = values.Select(value => value?.ToJsonString()).ToHashSet(StringComparer.Ordinal);
            (target[name] as JsonArray)?.RemoveAll(item => deleted.Contains(item?.ToJsonString()));
        }

        var orders = PatchDirectives.Orders(patch, path).ToDictionary(order => order.Field, order => order.Order, StringComparer.Ordinal);
        foreach (var (name, value) in patch)
        {
            if (PatchDirectives.Is(name, path))
                continue;
            if (value is null)
                target.Remove(name);
            else
                Set(target, name, Merge(target[name], value, PatchField.Of(schema, name), orders.GetValueOrDefault(name), path.Field(name)));
        }

        foreach (var (name, order) in orders)
        {
            if (!patch.ContainsKey(name) && target[name] is JsonArray items && PatchField.Of(schema, name) is { IsMerged: true } field)
                MergedList.Merge(items, [], order, field, path.Field(name));
        }

        return target;
    }

    // Kinds of CustomResourceDefinitions have none.
    private static KindSchema? Find(string kind) => KindSchemas.All.FirstOrDefault(schema => schema.Kind == kind && !schema.IsCustom);

    private static JsonNode Merge(JsonNode? found, JsonNode value, PatchField field, JsonArray? order, FieldPath path) => value switch
    {
        JsonObject changes => Merge(field.IsReplaced ? [] : found as JsonObject ?? [], changes, field.Schema, path),
        JsonArray items when field.IsMerged => MergedList.Merge(found as JsonArray ?? [], items, order, field, path),
        JsonArray items => Replacement(items, path),
        _ => value.DeepClone(),
    };

    private static JsonArray Replacement(JsonArray items, FieldPath path)
    {
        var result = new JsonArray();
        foreach (var item in items)
        {
            if (item is not JsonObject fields || !fields.ContainsKey(PatchDirectives.Patch))
                result.Add(item?.DeepClone());
            else if (PatchDirectives.Of(fields, path) != "replace" || fields.Count > 1)
                throw PatchDirectives.Malformed(path, "this list is replaced as a whole, its items have no merge key: give all items that shall be there");
        }

        return result;
    }

    private static void Set(JsonObject target, string name, JsonNode value)
    {
        if (!ReferenceEquals(target[name], value))
            target[name] = value;
    }
}
