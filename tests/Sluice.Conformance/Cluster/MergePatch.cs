using System.Text.Json.Nodes;

namespace Sluice.Conformance.Cluster;

/// <summary>RFC 7386: members are merged, null removes one, everything else replaces.</summary>
internal static class MergePatch
{
    public static void Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is JsonObject inner && target[name] is JsonObject child)
                Apply(child, inner);
            else
                target[name] = value.DeepClone();
        }
    }
}
