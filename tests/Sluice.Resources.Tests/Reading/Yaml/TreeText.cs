using System.Text;
using Sluice.Resources.Reading;
using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Reading.Text;
using Sluice.Resources.Reading.Yaml;

namespace Sluice.Resources.Tests.Reading.Yaml;

/// <summary>Documents as one line of text each, to compare: mappings in {}, lists in [], strings in quotes, other scalars as they are.</summary>
internal static class TreeText
{
    /// <summary>What <see cref="YamlTreeReader"/> reads.</summary>
    public static string Of(string yaml) => string.Join('\n', Documents(Encoding.UTF8.GetBytes(yaml)));

    public static List<string> Documents(byte[] yaml)
    {
        var tree = new ManifestTree();
        var parser = new YamlTreeReader(yaml, 1, new TreeBuilder(tree, ManifestLimits.Default), new StringPool(256));
        var documents = new List<string>();
        while (parser.Read())
        {
            var text = new StringBuilder();
            Append(text, tree.Root);
            documents.Add(text.ToString());
        }

        return documents;
    }

    private static void Append(StringBuilder text, Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping or NodeKind.Sequence:
                var isMapping = node.Kind == NodeKind.Mapping;
                text.Append(isMapping ? '{' : '[');
                var isFirst = true;
                foreach (var child in node)
                {
                    if (!isFirst)
                        text.Append(", ");
                    isFirst = false;
                    if (isMapping)
                        text.Append(Escape(child.Key)).Append(": ");
                    Append(text, child);
                }

                text.Append(isMapping ? '}' : ']');
                break;
            case NodeKind.Null:
                text.Append("null");
                break;
            case NodeKind.String:
                text.Append(Escape(node.Text));
                break;
            default:
                text.Append(node.Text);
                break;
        }
    }

    public static string Escape(string value) =>
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal) + "\"";
}
