using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sluice.Resources.Reading;
using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Reading.Text;
using Sluice.Resources.Reading.Yaml;

namespace Sluice.Resources.Tests.Schemas;

/// <summary>YAML documents as JSON trees, by the rules of <see cref="YamlTreeReader"/>.</summary>
internal static class YamlJson
{
    public static List<JsonObject> Documents(string yaml)
    {
        var tree = new ManifestTree();
        var parser = new YamlTreeReader(Encoding.UTF8.GetBytes(yaml), 1, new TreeBuilder(tree, ManifestLimits.Default), new StringPool(256));
        var documents = new List<JsonObject>();
        while (parser.Read())
        {
            if (Convert(tree.Root) is JsonObject item)
                documents.Add(item);
        }

        return documents;
    }

    public static JsonObject One(string yaml) => Assert.Single(Documents(yaml));

    private static JsonNode? Convert(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping:
                var item = new JsonObject();
                foreach (var child in node)
                    item[child.Key] = Convert(child);
                return item;
            case NodeKind.Sequence:
                var list = new JsonArray();
                foreach (var child in node)
                    list.Add(Convert(child));
                return list;
            case NodeKind.Null:
                return null;
            case NodeKind.Integer:
                return JsonValue.Create(long.Parse(node.Text, CultureInfo.InvariantCulture));
            case NodeKind.Float:
                return JsonValue.Create(double.Parse(node.Text, CultureInfo.InvariantCulture));
            case NodeKind.Boolean:
                return JsonValue.Create(node.Text is "true" or "True" or "yes" or "on");
            default:
                return JsonValue.Create(node.Text);
        }
    }
}
