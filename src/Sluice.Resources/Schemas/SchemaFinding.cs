namespace Sluice.Resources.Schemas;

/// <summary>A place of an object that does not fit its schema.</summary>
/// <param name="Path">As Kubernetes writes it: "spec.rules[0].matches[1].path".</param>
/// <param name="IsUnknown">The schema has no such field; otherwise the value is of a wrong type.</param>
/// <param name="Message">The words that an API server uses, without the path: "unknown field "spec.rule"" and the like.</param>
public readonly record struct SchemaFinding(string Path, bool IsUnknown, string Message);
