using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sluice.Resources.Patches;

/// <summary>The members of strategic merge patches that are no fields: they start with "$".</summary>
internal static class PatchDirectives
{
    public const string Patch = "$patch";
    public const string RetainKeys = "$retainKeys";
    private const string DeletePrefix = "$deleteFromPrimitiveList/";
    private const string OrderPrefix = "$setElementOrder/";

    /// <summary>Whether this member is one; one that is not known is an error.</summary>
    public static bool Is(string name, FieldPath path)
    {
        if (!name.StartsWith('$'))
            return false;
        if (name is Patch or RetainKeys || IsPrefixed(name, DeletePrefix) || IsPrefixed(name, OrderPrefix))
            return true;
        throw Malformed(path, $"\"{name}\" is no directive; known are {Patch}, {RetainKeys}, {DeletePrefix}FIELD and {OrderPrefix}FIELD");
    }

    /// <summary>"merge" when there is none.</summary>
    public static string Of(JsonObject patch, FieldPath path)
    {
        if (!patch.TryGetPropertyValue(Patch, out var node))
            return "merge";
        if (node?.GetValueKind() == JsonValueKind.String && node.GetValue<string>() is "merge" or "replace" or "delete")
            return node.GetValue<string>();
        throw Malformed(path, $"{Patch} must be one of merge, replace, delete, found {node?.ToJsonString() ?? "null"}");
    }

    /// <summary>Fields of whose lists plain values are to go, with the values.</summary>
    public static IEnumerable<(string Field, JsonArray Values)> Deletions(JsonObject patch, FieldPath path) => Prefixed(patch, DeletePrefix, path);

    /// <summary>Fields whose lists are to have an order, with the order.</summary>
    public static IEnumerable<(string Field, JsonArray Order)> Orders(JsonObject patch, FieldPath path) => Prefixed(patch, OrderPrefix, path);

    /// <summary>Drops the fields that $retainKeys does not name.</summary>
    public static void Retain(JsonObject target, JsonObject patch, FieldPath path)
    {
        if (!patch.TryGetPropertyValue(RetainKeys, out var node))
            return;
        if (node is not JsonArray list || list.Any(item => item?.GetValueKind() != JsonValueKind.String))
            throw Malformed(path, $"{RetainKeys} must be a list of names of fields");
        var kept = list.Select(item => item!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in patch)
        {
            if (value is not null && !Is(name, path) && !kept.Contains(name))
                throw Malformed(path, $"the patch sets {name}, which {RetainKeys} does not name: name it there too");
        }

        foreach (var name in target.Select(field => field.Key).Where(name => !kept.Contains(name)).ToList())
            target.Remove(name);
    }

    public static PatchException Malformed(FieldPath path, string message)
    {
        var text = path.ToString();
        return PatchException.Malformed(text, text.Length == 0 ? message : $"{text}: {message}");
    }

    private static bool IsPrefixed(string name, string prefix) => name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal);

    private static IEnumerable<(string Field, JsonArray List)> Prefixed(JsonObject patch, string prefix, FieldPath path)
    {
        foreach (var (name, value) in patch)
        {
            if (IsPrefixed(name, prefix))
                yield return (name[prefix.Length..], value as JsonArray ?? throw Malformed(path, $"{name} must be a list"));
        }
    }
}
