using Sluice.Expressions.Templates;

namespace Sluice.Proxy.Filters.Transformations;

/// <summary>A field, or pseudo header, that gets the value that a template makes. The template is null only in an edit that is not used.</summary>
internal sealed record HeaderEdit(byte[] Name, Template? Value);
