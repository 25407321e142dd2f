namespace Sluice.Resources.Patches;

/// <summary>The fields of an object that strategic merge patches do not treat by the rule.</summary>
internal sealed class PatchSchema(params PatchField[] fields)
{
    /// <summary>By the rule all the way down.</summary>
    public static PatchSchema Plain { get; } = new();

    public PatchField Field(string name)
    {
        foreach (var field in fields)
        {
            if (field.Name == name)
                return field;
        }

        return PatchField.Object(name, Plain);
    }
}
