namespace Sluice.ApiServer.Selectors;

/// <summary>One requirement of a field selector.</summary>
/// <param name="Path">The keys down to the field.</param>
/// <param name="Value">What it is compared with; absent fields are "".</param>
/// <param name="IsEqual">False for "!=".</param>
internal sealed record FieldRequirement(string[] Path, string Value, bool IsEqual);
