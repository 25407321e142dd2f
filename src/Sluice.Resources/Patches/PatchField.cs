namespace Sluice.Resources.Patches;

/// <summary>How strategic merge patches treat one field of a kind where it differs from the rule (objects are merged, lists replaced).</summary>
/// <param name="Name">Of the field.</param>
/// <param name="Schema">Of the object, or of the list's items.</param>
/// <param name="IsMerged">A list whose items are merged instead of replaced.</param>
/// <param name="MergeKey">The field that tells the items of a merged list apart; null for lists of plain values.</param>
/// <param name="IsReplaced">An object that is replaced instead of merged.</param>
internal sealed record PatchField(string Name, PatchSchema Schema, bool IsMerged = false, string? MergeKey = null, bool IsReplaced = false)
{
    public static PatchField Object(string name, PatchSchema schema) => new(name, schema);

    public static PatchField Replaced(string name) => new(name, PatchSchema.Plain, IsReplaced: true);

    public static PatchField Values(string name) => new(name, PatchSchema.Plain, IsMerged: true);

    public static PatchField List(string name, string mergeKey, PatchSchema? schema = null) =>
        new(name, schema ?? PatchSchema.Plain, IsMerged: true, MergeKey: mergeKey);
}
