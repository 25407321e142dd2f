namespace Sluice.Configuration.Policies;

/// <summary>An entry of dynamic metadata.</summary>
/// <param name="Namespace">As access logs name it, in %DYNAMIC_METADATA(namespace:key)%.</param>
/// <param name="Key">The entry's name.</param>
/// <param name="Value">The template of its value, a string.</param>
public sealed record MetadataTemplate(string Namespace, string Key, string Value);
