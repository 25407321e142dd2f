using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Sluice.Cli.Tests.Install;

/// <summary>Kubernetes objects read from YAML by a library, as a cluster would understand them.</summary>
internal static class YamlObjects
{
    /// <summary>By "Kind namespace/name".</summary>
    public static SortedDictionary<string, JsonObject> Read(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var objects = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var document in stream.Documents)
        {
            if (Value(document.RootNode) is JsonObject value)
                objects.Add($"{value["kind"]} {value["metadata"]!["namespace"]}/{value["metadata"]!["name"]}", value);
        }

        return objects;
    }

    private static JsonNode? Value(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(field => KeyValuePair.Create(((YamlScalarNode)field.Key).Value!, Value(field.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Value)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value!),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new NotSupportedException($"{node.NodeType}"),
    };

    // YAML 1.1, as kubectl and Helm read it.
    private static JsonNode? Plain(string text) => text.ToLowerInvariant() switch
    {
        "" or "~" or "null" => null,
        "true" or "yes" or "on" or "y" => true,
        "false" or "no" or "off" or "n" => false,
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}
