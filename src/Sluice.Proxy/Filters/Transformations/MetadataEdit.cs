using Sluice.Expressions.Templates;

namespace Sluice.Proxy.Filters.Transformations;

/// <summary>An entry of dynamic metadata. The template is null only in an edit that is not used.</summary>
internal sealed record MetadataEdit(string Namespace, string Key, Template? Value);
