namespace Sluice.Resources.Schemas;

/// <summary>A property while an object's schema is put together.</summary>
internal readonly record struct SchemaField(string Name, SchemaNode Node, bool IsRequired);
