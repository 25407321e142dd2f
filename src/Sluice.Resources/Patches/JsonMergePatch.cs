using System.Text.Json.Nodes;

namespace Sluice.Resources.Patches;

/// <summary>RFC 7386: objects are merged, null removes, everything else replaces what is there.</summary>
public static class JsonMergePatch
{
    /// <param name="target">The document; null is JSON's null.</param>
    /// <param name="patch">Any JSON; null makes the document null.</param>
    /// <returns>A new tree that shares nothing with the two.</returns>
    /// <exception cref="PatchException">The patch is nested deeper than <see cref="PatchLimits.MaxDepth"/>.</exception>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        TreeDepth.Check(patch);
        return Merge(target?.DeepClone(), patch);
    }

    /// <returns>The target itself when both are objects.</returns>
    private static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var fields = target as JsonObject ?? [];
        foreach (var (name, value) in changes)
        {
            if (value is null)
            {
                fields.Remove(name);
                continue;
            }

            var found = fields[name];
            var merged = Merge(found, value);
            if (!ReferenceEquals(found, merged))
                fields[name] = merged;
        }

        return fields;
    }
}
