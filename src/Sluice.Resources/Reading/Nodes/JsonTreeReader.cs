using System.Text.Json;
using Sluice.Resources.Reading.Text;

namespace Sluice.Resources.Reading.Nodes;

/// <summary>The values of a JSON text, which may hold several one after the other, as one tree each.</summary>
internal sealed class JsonTreeReader(ReadOnlyMemory<byte> text, TreeBuilder builder, StringPool strings, int maxDepth)
{
    private int _consumed;
    private int _lineStart;
    private int _counted;
    private JsonReaderState _state = new(new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = maxDepth + 2 });

    /// <summary>Where the value at hand starts.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The line that the reader has come to.</summary>
    private int CurrentLine { get; set; } = 1;

    /// <summary>Fills the tree with the next value; false at the end. Throws <see cref="ManifestSyntaxException"/>.</summary>
    public bool Read()
    {
        builder.Start();
        var start = _consumed;
        var reader = new Utf8JsonReader(text.Span[start..], isFinalBlock: true, _state);
        var isFirst = true;
        try
        {
            while (reader.Read())
            {
                var column = Advance(start + (int)reader.TokenStartIndex);
                if (isFirst)
                    Line = CurrentLine;
                isFirst = false;
                Take(ref reader, column);
                if (!builder.IsComplete)
                    continue;
                _consumed = start + (int)reader.BytesConsumed;
                _state = reader.CurrentState;
                return true;
            }

            return false;
        }
        catch (JsonException exception)
        {
            var column = Advance(start + (int)reader.BytesConsumed);
            var lineFromReader = (int)(exception.LineNumber ?? 0);
            throw new ManifestSyntaxException(Math.Max(lineFromReader + 1, CurrentLine), exception.BytePositionInLine is { } position ? (int)position + 1 : column, "not valid JSON: " + Reason(exception.Message));
        }
    }

    private void Take(ref Utf8JsonReader reader, int column)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                builder.Open(mapping: true, null, CurrentLine, column);
                break;
            case JsonTokenType.StartArray:
                builder.Open(mapping: false, null, CurrentLine, column);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.Close();
                break;
            case JsonTokenType.PropertyName:
                builder.Key(strings.Share(reader.GetString()!), plain: false, CurrentLine, column);
                break;
            case JsonTokenType.String:
                builder.Scalar(NodeKind.String, strings.Share(reader.GetString()!), plain: false, null, CurrentLine, column);
                break;
            case JsonTokenType.Number:
                var isInteger = !reader.ValueSpan.ContainsAny(".eE"u8);
                builder.Scalar(isInteger ? NodeKind.Integer : NodeKind.Float, System.Text.Encoding.UTF8.GetString(reader.ValueSpan), plain: true, null, CurrentLine, column);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                builder.Scalar(NodeKind.Boolean, reader.TokenType == JsonTokenType.True ? "true" : "false", plain: true, null, CurrentLine, column);
                break;
            default:
                builder.Scalar(NodeKind.Null, null, plain: true, null, CurrentLine, column);
                break;
        }
    }

    /// <summary>Counts lines up to the offset and returns the column there.</summary>
    private int Advance(int offset)
    {
        var passed = text.Span[_counted..offset];
        CurrentLine += passed.Count((byte)'\n');
        var last = passed.LastIndexOf((byte)'\n');
        if (last >= 0)
            _lineStart = _counted + last + 1;
        _counted = offset;
        return offset - _lineStart + 1;
    }

    private static string Reason(string message)
    {
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (position < 0 ? message : message[..position]).TrimEnd('.');
    }
}
