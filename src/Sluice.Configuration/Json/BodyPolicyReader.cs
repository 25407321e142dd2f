using System.Text.Json;
using Sluice.Configuration.Policies;

namespace Sluice.Configuration.Json;

/// <summary>Reads what becomes of messages and their bodies.</summary>
internal static class BodyPolicyReader
{
    public static TransformationPolicy? Transformation(JsonElement policies) => policies.OptionalMember("transformation") is not { } element ? null : new TransformationPolicy
    {
        Request = Message(element, "request"),
        Response = Message(element, "response"),
    };

    public static CompressionPolicy? Compression(JsonElement policies) => policies.OptionalMember("compression") is not { } element ? null : new CompressionPolicy
    {
        Codings = Codings(element),
        ContentTypes = element.Texts("contentTypes"),
        MinLength = element.Number("minLength"),
    };

    public static DecompressionPolicy? Decompression(JsonElement policies) => policies.OptionalMember("decompression") is not { } element ? null : new DecompressionPolicy
    {
        Codings = Codings(element),
        MaxBytes = RequestPolicyReader.LongNumber(element, "maxBytes"),
        MaxRatio = element.Number("maxRatio"),
    };

    private static MessageTransformation? Message(JsonElement transformation, string name) => transformation.OptionalMember(name) is not { } element ? null : new MessageTransformation
    {
        Set = element.List("set", Header),
        Add = element.List("add", Header),
        Remove = element.Texts("remove"),
        Body = element.OptionalMember("body") is { } body ? new BodyTransformation(body.Choice<BodyParsing>("parseAs"), body.OptionalText("value")) : null,
        DynamicMetadata = element.List("dynamicMetadata", entry => new MetadataTemplate(entry.Text("namespace"), entry.Text("key"), entry.Text("value"))),
    };

    private static HeaderTemplate Header(JsonElement header) => new(header.Text("name"), header.Text("value"));

    private static ContentCoding[] Codings(JsonElement element) => Array.ConvertAll(
        [.. element.Texts("codings")],
        name => Enum.TryParse<ContentCoding>(name, out var coding) && Enum.IsDefined(coding) ? coding : throw JsonFields.Wrong("codings", $"a list of {string.Join(" and ", Enum.GetNames<ContentCoding>())}"));
}
