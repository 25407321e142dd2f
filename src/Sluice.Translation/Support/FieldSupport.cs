namespace Sluice.Translation.Support;

/// <summary>What becomes of one field of the Gateway API.</summary>
/// <param name="Path">As "spec.rules[].name".</param>
/// <param name="Level">Whether it does what the API says.</param>
/// <param name="Notes">What there is to know; Markdown.</param>
public sealed record FieldSupport(string Path, SupportLevel Level, string Notes)
{
    /// <summary>The first version that supports the field; null when none does.</summary>
    public string? Since => Level == SupportLevel.Supported ? SupportTable.FirstVersion : null;
}
