using System.Globalization;
using System.Text;
using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Reading.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using Scalar = YamlDotNet.Core.Events.Scalar;

namespace Sluice.Resources.Reading.Yaml;

/// <summary>The documents of a YAML text, one tree after the other.</summary>
/// <param name="text">UTF-8.</param>
/// <param name="firstLine">The line of the file that the text starts on.</param>
/// <param name="builder">Gets the events.</param>
/// <param name="strings">Where equal strings become one.</param>
internal sealed class YamlTreeReader(ReadOnlySpan<byte> text, int firstLine, TreeBuilder builder, StringPool strings)
{
    private const string TagPrefix = "tag:yaml.org,2002:";

    private readonly Parser _parser = new(new StringReader(Encoding.UTF8.GetString(text)));

    /// <summary>Where the document at hand starts in the file.</summary>
    public int Line { get; private set; }

    /// <summary>Fills the tree with the next document; false at the end. Throws <see cref="ManifestSyntaxException"/>.</summary>
    public bool Read()
    {
        try
        {
            while (_parser.MoveNext())
            {
                if (Take(_parser.Current!))
                    return true;
            }

            return false;
        }
        catch (YamlException exception)
        {
            throw new ManifestSyntaxException((int)exception.Start.Line + firstLine - 1, (int)exception.Start.Column, "not valid YAML: " + Reason(exception));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What the parser throws at some broken texts instead of saying what it expected.
            var last = _parser.Current?.End ?? Mark.Empty;
            throw new ManifestSyntaxException((int)last.Line + firstLine - 1, (int)last.Column, "not valid YAML from here on");
        }
    }

    /// <summary>Whether the event completed a document.</summary>
    private bool Take(ParsingEvent @event)
    {
        var line = (int)@event.Start.Line + firstLine - 1;
        var column = (int)@event.Start.Column;
        switch (@event)
        {
            case DocumentStart:
                Line = line;
                builder.Start();
                break;
            case Scalar scalar:
                TakeScalar(scalar, line, column);
                break;
            case MappingStart mapping:
                RefuseTag(mapping.Tag, "map", line, column);
                builder.Open(mapping: true, Anchor(mapping.Anchor), line, column);
                break;
            case SequenceStart sequence:
                RefuseTag(sequence.Tag, "seq", line, column);
                builder.Open(mapping: false, Anchor(sequence.Anchor), line, column);
                break;
            case MappingEnd or SequenceEnd:
                builder.Close();
                break;
            case AnchorAlias alias:
                builder.Alias(alias.Value.Value, line, column);
                break;
            case DocumentEnd:
                return true;
        }

        return false;
    }

    private void TakeScalar(Scalar scalar, int line, int column)
    {
        var plain = scalar.Style == ScalarStyle.Plain;
        if (builder.ExpectsKey)
        {
            builder.Key(strings.Share(scalar.Value), plain, line, column);
            return;
        }

        var kind = plain ? PlainScalar.Resolve(scalar.Value) : NodeKind.String;
        if (!scalar.Tag.IsEmpty)
            kind = Tagged(scalar, line, column);
        builder.Scalar(kind, kind == NodeKind.Null ? null : strings.Share(scalar.Value), plain, Anchor(scalar.Anchor), line, column);
    }

    private static NodeKind Tagged(Scalar scalar, int line, int column)
    {
        var tag = scalar.Tag.IsNonSpecific ? "!" : scalar.Tag.Value;
        var kind = PlainScalar.Resolve(scalar.Value);
        NodeKind? wanted = tag switch
        {
            "!" or TagPrefix + "str" => NodeKind.String,
            TagPrefix + "int" when kind == NodeKind.Integer => kind,
            TagPrefix + "float" when kind is NodeKind.Float or NodeKind.Integer => NodeKind.Float,
            TagPrefix + "bool" when kind == NodeKind.Boolean => kind,
            TagPrefix + "null" when kind == NodeKind.Null => kind,
            _ => null,
        };
        return wanted ?? throw new ManifestSyntaxException(line, column, $"the tag {Describe.Quoted(tag)} does not fit the value or is not known here: remove it");
    }

    private static void RefuseTag(TagName tag, string expected, int line, int column)
    {
        if (!tag.IsEmpty && !tag.IsNonSpecific && tag.Value != TagPrefix + expected)
            throw new ManifestSyntaxException(line, column, $"the tag {Describe.Quoted(tag.Value)} is not known here: remove it");
    }

    private static string? Anchor(AnchorName anchor) => anchor.IsEmpty ? null : anchor.Value;

    private static string Reason(YamlException exception)
    {
        var message = exception.Message;
        var mark = message.IndexOf("): ", StringComparison.Ordinal);
        if (message.StartsWith('(') && mark > 0)
            message = message[(mark + 3)..];
        message = message.TrimEnd('.');
        return message.Length == 0 ? "unexpected text" : char.ToLower(message[0], CultureInfo.InvariantCulture) + message[1..];
    }
}
