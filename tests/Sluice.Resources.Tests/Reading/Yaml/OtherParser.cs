using Sluice.Resources.Reading.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sluice.Resources.Tests.Reading.Yaml;

/// <summary>The same texts as <see cref="TreeText"/>, from YamlDotNet. Null when it refuses the text.</summary>
internal static class OtherParser
{
    public static List<string>? Documents(string yaml)
    {
        try
        {
            var parser = new Parser(new StringReader(yaml));
            var documents = new List<string>();
            var anchors = new Dictionary<string, string>();
            parser.Consume<StreamStart>();
            while (!parser.Accept<StreamEnd>(out _))
            {
                parser.Consume<DocumentStart>();
                documents.Add(Value(parser, anchors));
                parser.Consume<DocumentEnd>();
                anchors.Clear();
            }

            return documents;
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string Value(Parser parser, Dictionary<string, string> anchors)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
            return anchors[alias.Value.Value];
        parser.Accept<NodeEvent>(out var node);
        string text;
        if (parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var scalar))
            text = Scalar(scalar);
        else if (parser.TryConsume<SequenceStart>(out _))
            text = Sequence(parser, anchors);
        else
            text = Mapping(parser, anchors);
        if (node is { Anchor.IsEmpty: false })
            anchors[node.Anchor.Value] = text;
        return text;
    }

    private static string Sequence(Parser parser, Dictionary<string, string> anchors)
    {
        var items = new List<string>();
        while (!parser.TryConsume<SequenceEnd>(out _))
            items.Add(Value(parser, anchors));
        return $"[{string.Join(", ", items)}]";
    }

    private static string Mapping(Parser parser, Dictionary<string, string> anchors)
    {
        parser.Consume<MappingStart>();
        var pairs = new List<string>();
        var seen = new HashSet<string>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var key = parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var scalar) ? scalar : throw new YamlException("a key that is no scalar");
            if (!seen.Add(key.Value))
                throw new YamlException("a key stands twice");
            pairs.Add($"{TreeText.Escape(key.Value)}: {Value(parser, anchors)}");
        }

        return $"{{{string.Join(", ", pairs)}}}";
    }

    private static string Scalar(YamlDotNet.Core.Events.Scalar scalar)
    {
        var isString = scalar.Style != ScalarStyle.Plain || (!scalar.Tag.IsEmpty && (scalar.Tag.IsNonSpecific || scalar.Tag.Value.EndsWith(":str", StringComparison.Ordinal)));
        return isString ? TreeText.Escape(scalar.Value) : PlainScalar.Resolve(scalar.Value) switch
        {
            NodeKind.Null => "null",
            NodeKind.String => TreeText.Escape(scalar.Value),
            _ => scalar.Value,
        };
    }
}
