using System.Text.Json;
using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Reading.Text;

namespace Sluice.Resources.Reading.Json;

/// <summary>Reads JSON (RFC 8259), one value after the other, into a <see cref="ManifestTree"/>.</summary>
/// <param name="text">Any number of values.</param>
/// <param name="builder">Fills the tree.</param>
/// <param name="strings">Shared by what is read.</param>
/// <param name="maxDepth">Levels of values inside each other.</param>
/// <param name="fields">Fields to leave out; null reads everything.</param>
internal ref struct JsonParser(ReadOnlySpan<byte> text, TreeBuilder builder, StringPool strings, int maxDepth, ServerFields? fields = null)
{
    private readonly ReadOnlySpan<byte> _text = text;

    // Two levels more than the limit, so that it is the builder that tells of too deep nesting.
    private Utf8JsonReader _reader = new(text, new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = maxDepth + 2 });
    private int _line = 1;
    private int _lineStart;
    private int _counted;

    /// <summary>Fills the tree with the next value; false when there is none.</summary>
    /// <exception cref="ManifestSyntaxException">The text is not JSON from some place on. There is nothing to read after it.</exception>
    public bool Read()
    {
        builder.Start();
        try
        {
            while (_reader.Read())
            {
                if (fields is not null && _reader.TokenType == JsonTokenType.PropertyName && fields.LeavesOut(ref _reader))
                {
                    _reader.Skip();
                    continue;
                }

                Take(Advance((int)_reader.TokenStartIndex));
                if (builder.IsComplete)
                    return true;
            }

            return false;
        }
        catch (JsonException exception)
        {
            throw new ManifestSyntaxException((int)(exception.LineNumber ?? 0) + 1, (int)(exception.BytePositionInLine ?? 0) + 1, "not valid JSON: " + Reason(exception.Message));
        }
    }

    private void Take(int column)
    {
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                builder.Open(mapping: true, null, _line, column);
                break;
            case JsonTokenType.StartArray:
                builder.Open(mapping: false, null, _line, column);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                builder.Close();
                break;
            case JsonTokenType.PropertyName:
                builder.Key(Text(), plain: false, _line, column);
                break;
            case JsonTokenType.String:
                builder.Scalar(NodeKind.String, Text(), plain: false, null, _line, column);
                break;
            case JsonTokenType.Number:
                var isInteger = !_reader.ValueSpan.ContainsAny(".eE"u8);
                builder.Scalar(isInteger ? NodeKind.Integer : NodeKind.Float, strings.Share(_reader.ValueSpan), plain: true, null, _line, column);
                break;
            case JsonTokenType.True or JsonTokenType.False:
                builder.Scalar(NodeKind.Boolean, _reader.TokenType == JsonTokenType.True ? "true" : "false", plain: true, null, _line, column);
                break;
            default:
                builder.Scalar(NodeKind.Null, null, plain: true, null, _line, column);
                break;
        }
    }

    private readonly string Text()
    {
        if (!_reader.ValueIsEscaped)
            return strings.Share(_reader.ValueSpan);
        try
        {
            return strings.Share(_reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            throw new ManifestSyntaxException(_line, (int)_reader.TokenStartIndex - _lineStart + 1, "not valid JSON: an escape in this string is half of a surrogate pair");
        }
    }

    /// <summary>Counts lines up to the offset and returns the column there.</summary>
    private int Advance(int offset)
    {
        var passed = _text[_counted..offset];
        _line += passed.Count((byte)'\n');
        var last = passed.LastIndexOf((byte)'\n');
        if (last >= 0)
            _lineStart = _counted + last + 1;
        _counted = offset;
        return offset - _lineStart + 1;
    }

    /// <summary>The reader's message without the position, which the diagnostic has, and without advice for programmers.</summary>
    private static string Reason(string message)
    {
        foreach (var end in (ReadOnlySpan<string>)[" LineNumber:", " Change the reader options"])
        {
            var position = message.IndexOf(end, StringComparison.Ordinal);
            if (position >= 0)
                message = message[..position];
        }

        return message.TrimEnd('.');
    }
}
