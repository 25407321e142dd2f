using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>Reads parts of policies that passed their schemas.</summary>
internal static class TransformationBinder
{
    public static HttpTemplate HttpTemplate(PolicyNode node) => new()
    {
        Name = node.Need("name"),
        Value = node.Text("value"),
    };

    public static BodyTransformation BodyTransformation(PolicyNode node) => new()
    {
        ParseAs = node.Need("parseAs"),
        Value = node.Text("value"),
    };

    public static MetadataValue MetadataValue(PolicyNode node) => new()
    {
        StringValue = node.Need("stringValue"),
    };

    public static MetadataTemplate MetadataTemplate(PolicyNode node) => new()
    {
        Namespace = node.Text("namespace"),
        Key = node.Need("key"),
        Value = node.NeedPart("value", MetadataValue),
    };

    public static MessageTransformation MessageTransformation(PolicyNode node) => new()
    {
        Set = node.List("set", HttpTemplate),
        Add = node.List("add", HttpTemplate),
        Remove = node.Texts("remove"),
        Body = node.Part("body", BodyTransformation),
        DynamicMetadata = node.List("dynamicMetadata", MetadataTemplate),
    };

    public static TransformationPolicy TransformationPolicy(PolicyNode node) => new()
    {
        Request = node.Part("request", MessageTransformation),
        Response = node.Part("response", MessageTransformation),
    };
}
