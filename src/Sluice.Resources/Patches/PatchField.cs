using Sluice.Resources.Schemas;

namespace Sluice.Resources.Patches;

/// <summary>How strategic merge patches treat a field: by the rule, objects are merged and lists replaced.</summary>
/// <param name="Schema">Of the object, or of the list's items; null when there is none, and all below goes by the rule.</param>
/// <param name="IsMerged">A list whose items are merged instead of replaced.</param>
/// <param name="MergeKey">The field that tells the items of a merged list apart; null for lists of plain values.</param>
/// <param name="IsReplaced">An object that is replaced instead of merged.</param>
internal readonly record struct PatchField(SchemaNode? Schema, bool IsMerged, string? MergeKey, bool IsReplaced)
{
    /// <param name="owner">Of the object that has the field.</param>
    /// <param name="name">Of the field.</param>
    public static PatchField Of(SchemaNode? owner, string name)
    {
        var node = owner?.Child(name);
        var isList = node?.Type == SchemaType.Array;
        var isMerged = isList && node!.PatchStrategy?.StartsWith("merge", StringComparison.Ordinal) == true;
        return new PatchField(isList ? node!.Items : node, isMerged, node?.PatchMergeKey, node?.PatchStrategy == "replace");
    }
}
