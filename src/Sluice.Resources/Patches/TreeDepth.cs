using System.Text.Json.Nodes;

namespace Sluice.Resources.Patches;

/// <summary>Bounds how deep a tree is, so that everything that walks it may recurse.</summary>
internal static class TreeDepth
{
    /// <summary>Whether the tree has at most so many levels; a scalar has one.</summary>
    public static bool IsAtMost(JsonNode? node, int levels)
    {
        if (levels <= 0)
            return false;
        switch (node)
        {
            case JsonObject fields:
                foreach (var (_, value) in fields)
                {
                    if (value is JsonObject or JsonArray && !IsAtMost(value, levels - 1))
                        return false;
                }

                return true;
            case JsonArray items:
                foreach (var item in items)
                {
                    if (item is JsonObject or JsonArray && !IsAtMost(item, levels - 1))
                        return false;
                }

                return true;
            default:
                return true;
        }
    }

    public static void Check(JsonNode? patch)
    {
        if (!IsAtMost(patch, PatchLimits.MaxDepth))
            throw PatchException.Unfit("", $"the patch is nested deeper than {PatchLimits.MaxDepth} levels");
    }
}
