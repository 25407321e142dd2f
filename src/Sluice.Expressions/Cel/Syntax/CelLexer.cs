using System.Globalization;

namespace Sluice.Expressions.Cel;

/// <summary>Cuts an expression into tokens (CEL language definition, "Syntax").</summary>
internal sealed class CelLexer(string text)
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "&&", "||", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}"];

    private int _position;

    /// <exception cref="SyntaxException">What comes next is no token.</exception>
    public CelToken Next()
    {
        SkipSpace();
        var start = _position;
        if (start == text.Length)
            return new CelToken(CelTokenKind.End, start, "", default);
        var c = text[start];
        if (char.IsAsciiLetter(c) || c == '_')
            return Word(start);
        if (char.IsAsciiDigit(c) || (c == '.' && start + 1 < text.Length && char.IsAsciiDigit(text[start + 1])))
            return Number(start);
        if (c is '"' or '\'')
            return String(start, isRaw: false, isBytes: false);
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, start, symbol, 0, symbol.Length) != 0)
                continue;
            _position += symbol.Length;
            return new CelToken(CelTokenKind.Symbol, start, symbol, default);
        }
        throw new SyntaxException(start, c switch
        {
            '=' => "\"=\" is no operator: compare with \"==\"",
            '&' => "\"&\" is no operator: write \"&&\"",
            '|' => "\"|\" is no operator: write \"||\"",
            _ => $"\"{(char.IsSurrogate(c) ? "\uFFFD" : c.ToString())}\" means nothing outside of a string",
        });
    }

    private void SkipSpace()
    {
        while (_position < text.Length)
        {
            if (text[_position] is ' ' or '\t' or '\n' or '\r' or '\f')
                _position++;
            else if (string.CompareOrdinal(text, _position, "//", 0, 2) == 0)
                _position = text.IndexOf('\n', _position) is >= 0 and var end ? end : text.Length;
            else
                return;
        }
    }

    private CelToken Word(int start)
    {
        while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] == '_'))
            _position++;
        var word = text[start.._position];
        if (_position < text.Length && text[_position] is '"' or '\'')
        {
            switch (word)
            {
                case "r" or "R":
                    return String(start, isRaw: true, isBytes: false);
                case "b" or "B":
                    return String(start, isRaw: false, isBytes: true);
                case "br" or "bR" or "Br" or "BR" or "rb" or "rB" or "Rb" or "RB":
                    return String(start, isRaw: true, isBytes: true);
                default:
                    throw new SyntaxException(_position, $"an operator must stand between \"{word}\" and the string");
            }
        }
        return word switch
        {
            "true" => new CelToken(CelTokenKind.Literal, start, word, CelValue.True),
            "false" => new CelToken(CelTokenKind.Literal, start, word, CelValue.False),
            "null" => new CelToken(CelTokenKind.Literal, start, word, CelValue.Null),
            "in" => new CelToken(CelTokenKind.Symbol, start, word, default),
            _ => new CelToken(CelTokenKind.Identifier, start, word, default),
        };
    }

    private CelToken String(int start, bool isRaw, bool isBytes)
    {
        var (value, end) = CelStringReader.Read(text, _position, isRaw, isBytes);
        _position = end;
        return new CelToken(CelTokenKind.Literal, start, text[start..end], value);
    }

    private CelToken Number(int start)
    {
        if (text[start] == '0' && start + 1 < text.Length && text[start + 1] is 'x' or 'X')
            return Hexadecimal(start);
        SkipDigits();
        var isDouble = false;
        if (_position + 1 < text.Length && text[_position] == '.' && char.IsAsciiDigit(text[_position + 1]))
        {
            isDouble = true;
            _position++;
            SkipDigits();
        }
        if (_position < text.Length && text[_position] is 'e' or 'E')
        {
            isDouble = true;
            _position++;
            if (_position < text.Length && text[_position] is '+' or '-')
                _position++;
            if (_position == text.Length || !char.IsAsciiDigit(text[_position]))
                throw new SyntaxException(start, "the exponent of a number must have digits, as in 1e3");
            SkipDigits();
        }
        if (isDouble)
        {
            var number = double.Parse(text.AsSpan(start, _position - start), NumberStyles.Float, CultureInfo.InvariantCulture);
            if (double.IsInfinity(number))
                throw new SyntaxException(start, "the number is too large for a double");
            return End(start, CelValue.Of(number));
        }
        return Whole(start, text.AsSpan(start, _position - start), NumberStyles.None);
    }

    private CelToken Hexadecimal(int start)
    {
        _position += 2;
        while (_position < text.Length && char.IsAsciiHexDigit(text[_position]))
            _position++;
        if (_position == start + 2)
            throw new SyntaxException(start, "\"0x\" must be followed by hexadecimal digits");
        return Whole(start, text.AsSpan(start + 2, _position - start - 2), NumberStyles.AllowHexSpecifier);
    }

    private CelToken Whole(int start, ReadOnlySpan<char> digits, NumberStyles style)
    {
        var fits = ulong.TryParse(digits, style, CultureInfo.InvariantCulture, out var number);
        if (_position < text.Length && text[_position] is 'u' or 'U')
        {
            _position++;
            return fits ? End(start, CelValue.Of(number)) : throw new SyntaxException(start, "the number is too large for a uint: at most 18446744073709551615u");
        }
        if (fits && number == 1UL << 63)
            return End(start, default) with { Kind = CelTokenKind.SmallestInt };
        return fits && number <= long.MaxValue ? End(start, CelValue.Of((long)number))
            : throw new SyntaxException(start, "the number is too large for an int: at most 9223372036854775807 (a uint ends with \"u\")");
    }

    private CelToken End(int start, CelValue value)
    {
        if (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] == '_'))
            throw new SyntaxException(_position, $"an operator must stand between the number and \"{text[_position]}\"");
        return new CelToken(CelTokenKind.Literal, start, text[start.._position], value);
    }

    private void SkipDigits()
    {
        while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            _position++;
    }
}
