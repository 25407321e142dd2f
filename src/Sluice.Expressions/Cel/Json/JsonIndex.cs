using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Sluice.Expressions.Cel;

/// <summary>Where the values of a JSON text are.</summary>
internal sealed class JsonIndex
{
    private readonly byte[] _buffer;
    private readonly List<Token> _tokens = [];
    private readonly List<byte[]> _unescaped = [];

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="InvalidOperationException">A string cannot be unescaped.</exception>
    /// <exception cref="OverflowException">It has more values and keys than that.</exception>
    public JsonIndex(byte[] buffer, int offset, int length, int maxValues)
    {
        _buffer = buffer;
        var reader = new Utf8JsonReader(buffer.AsSpan(offset, length), new JsonReaderOptions { MaxDepth = JsonValues.MaxDepth });
        var open = new Stack<int>();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                var start = open.Pop();
                _tokens[start] = _tokens[start] with { Next = _tokens.Count };
                continue;
            }
            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
                open.Push(_tokens.Count);
            if (_tokens.Count == maxValues)
                throw new OverflowException();
            _tokens.Add(TokenOf(ref reader, offset));
        }
    }

    public CelValue ValueOf(int at)
    {
        var token = _tokens[at];
        switch (token.Type)
        {
            case JsonTokenType.StartObject:
                return CelValue.Of(new JsonMap(this, at));
            case JsonTokenType.StartArray:
                return CelValue.Of(new JsonList(this, at));
            case JsonTokenType.True:
                return CelValue.True;
            case JsonTokenType.False:
                return CelValue.False;
            case JsonTokenType.Null:
                return CelValue.Null;
            case JsonTokenType.Number:
                return NumberOf(_buffer.AsSpan(token.Start, token.Length));
            default:
                return token.Start < 0 ? CelValue.Utf8(_unescaped[~token.Start]) : CelValue.Utf8(_buffer, token.Start, token.Length);
        }
    }

    /// <summary>The first token within a list or map, and the one behind its last.</summary>
    public (int First, int End) Within(int at) => (at + 1, _tokens[at].Next);

    public int Next(int at) => _tokens[at].Next;

    private Token TokenOf(ref Utf8JsonReader reader, int offset)
    {
        var next = _tokens.Count + 1;
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName))
            return new Token(reader.TokenType, offset + (int)reader.TokenStartIndex, reader.ValueSpan.Length, next);
        if (!reader.ValueIsEscaped)
            return new Token(reader.TokenType, offset + (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, next);
        var text = new byte[reader.ValueSpan.Length];
        _unescaped.Add(text[..reader.CopyString(text)]);
        return new Token(reader.TokenType, ~(_unescaped.Count - 1), 0, next);
    }

    private static CelValue NumberOf(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAny(".eE"u8) < 0)
        {
            if (Utf8Parser.TryParse(text, out long whole, out var read) && read == text.Length)
                return CelValue.Of(whole);
            if (Utf8Parser.TryParse(text, out ulong large, out read) && read == text.Length)
                return CelValue.Of(large);
        }
        return CelValue.Of(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// <c>Start</c>: of the value in the buffer; the complement of a place among the unescaped strings. <c>Next</c>: the
    /// token behind the value.
    /// </summary>
    private readonly record struct Token(JsonTokenType Type, int Start, int Length, int Next);
}
