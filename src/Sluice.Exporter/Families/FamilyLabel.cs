namespace Sluice.Exporter.Families;

/// <summary>A label and where its value stands. A sample whose field is absent goes without the label.</summary>
/// <param name="Name">Of the label.</param>
/// <param name="Path">From the object: "spec.listeners[].name". "[]" stands for the entry of the list that the sample speaks of.</param>
public sealed record FamilyLabel(string Name, string Path);
