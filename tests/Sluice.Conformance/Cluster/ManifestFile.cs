using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Conformance.Cluster;

/// <summary>Reads the objects of a manifest as JSON trees, which can be patched as an API server would.</summary>
internal static class ManifestFile
{
    /// <param name="text">YAML documents.</param>
    /// <param name="values">Placeholders and what they become.</param>
    public static IReadOnlyList<JsonObject> Read(string text, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (placeholder, value) in values)
            text = text.Replace(placeholder, value, StringComparison.Ordinal);
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => Convert(document.RootNode)).OfType<JsonObject>()];
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Convert(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new FormatException($"{node.Start}: manifests use no {node.NodeType}"),
    };

    /// <summary>The core schema of YAML 1.2, as far as manifests use it.</summary>
    private static JsonValue? Plain(string text)
    {
        if (text is "" or "~" or "null")
            return null;
        if (text is "true" or "false")
            return JsonValue.Create(text == "true");
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return JsonValue.Create(number);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? JsonValue.Create(real) : JsonValue.Create(text);
    }
}
