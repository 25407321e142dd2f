namespace Sluice.Exporter.Families;

/// <summary>Which samples an object gives: one per entry of a list, or one for the object.</summary>
/// <param name="Each">Ends with "[]": "status.parents[].conditions[]". "": the object itself.</param>
/// <param name="Labels">Of the family, beside those of its kind.</param>
public sealed record SampleSource(string Each, params IReadOnlyList<FamilyLabel> Labels);
