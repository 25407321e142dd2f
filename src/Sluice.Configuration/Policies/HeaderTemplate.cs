namespace Sluice.Configuration.Policies;

/// <summary>A field whose value is made by a template.</summary>
/// <param name="Name">A field name, or :path, :method, :authority of a request, :status of a response.</param>
/// <param name="Value">The template. A value without any character takes the field out.</param>
public sealed record HeaderTemplate(string Name, string Value);
