using Sluice.Resources.Reading.Binding.Policies;
using static Sluice.Resources.Schemas.Shape;

namespace Sluice.Resources.Schemas.Kgateway.Policies;

/// <summary>Parts of the policies: what <see cref="Sluice.Resources.Policies.Traffic"/> holds of the same names.</summary>
internal static class TransformationSchemas
{
    public static SchemaNode HttpTemplate { get; } = Object(
        Required("name", Text(1, 256, "^:?[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$") with { Check = PolicyNames.TransformedHeader }, "The field's name, or a pseudo header such as :path."),
        Optional("value", Text(0, 16384), "The template. Null and what renders to nothing remove the field."));

    public static SchemaNode BodyTransformation { get; } = Object(
        Optional("parseAs", Word("AsString AsJson None").Default("\"AsString\""), "What templates see of it; None: it is not read."),
        Optional("value", Text(0, 65536), "The template of the new body. Null keeps it."));

    public static SchemaNode MetadataValue { get; } = Object(
        Required("stringValue", Text(1, 16384), "A template."));

    public static SchemaNode MetadataTemplate { get; } = Object(
        Optional("namespace", Text(1, 253), "Null means that of the filter."),
        Required("key", Text(1, 253), "The entry's name."),
        Required("value", MetadataValue, "The entry's value."));

    public static SchemaNode MessageTransformation { get; } = Object(
        Optional("set", Keyed("name", HttpTemplate, max: 16), "Fields that are replaced."),
        Optional("add", Keyed("name", HttpTemplate, max: 16), "Fields that are added."),
        Optional("remove", List(Text(1, 16384), max: 16), "Fields that are removed, after the others."),
        Optional("body", BodyTransformation, "Null: the body stays."),
        Optional("dynamicMetadata", List(MetadataTemplate, max: 16), "Values for access logs and later filters."));

    public static SchemaNode TransformationPolicy { get; } = Object(
        Optional("request", MessageTransformation, "Of requests."),
        Optional("response", MessageTransformation, "Of responses."));
}
