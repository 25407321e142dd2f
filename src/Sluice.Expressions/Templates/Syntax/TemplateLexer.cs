using System.Globalization;
using System.Text;
using Sluice.Expressions.Cel;

namespace Sluice.Expressions.Templates;

/// <summary>Cuts a template into text and, between braces, tokens.</summary>
internal sealed class TemplateLexer(string text)
{
    private static readonly string[] Symbols =
        ["==", "!=", "<=", ">=", "//", "**", "<", ">", "+", "-", "*", "/", "%", "~", "|", ".", ",", ":", "(", ")", "[", "]", "{", "}", "="];

    private int _position;
    private int _braces;
    private bool _trimsStart;
    private bool _isTag;

    public int Position => _position;

    /// <summary>The text up to the next "{{" or "{%", without comments; white space is taken off where "-" asks for it.</summary>
    public string ReadText(out TemplateOpening opening)
    {
        var result = new StringBuilder();
        while (true)
        {
            var at = FindOpening(_position);
            var trimsEnd = at + 2 < text.Length && text[at + 2] == '-';
            Append(result, text.AsSpan(_position, at - _position), trimsEnd);
            if (at == text.Length)
            {
                _position = at;
                opening = TemplateOpening.EndOfTemplate;
                return result.ToString();
            }
            _position = at + 2;
            if (text[at + 1] == '#')
            {
                SkipComment(at);
                continue;
            }
            if (_position < text.Length && text[_position] is '-' or '+')
                _position++;
            _isTag = text[at + 1] == '%';
            _braces = 0;
            opening = _isTag ? TemplateOpening.Tag : TemplateOpening.Output;
            return result.ToString();
        }
    }

    /// <summary>The text up to "{% endraw %}", as it stands. Called behind the end of "{% raw %}".</summary>
    public string ReadRaw(int start)
    {
        for (var at = text.IndexOf("{%", _position, StringComparison.Ordinal); at >= 0; at = text.IndexOf("{%", at + 2, StringComparison.Ordinal))
        {
            var inside = at + 2;
            var end = text.IndexOf("%}", inside, StringComparison.Ordinal);
            if (end < 0)
                break;
            if (text.AsSpan(inside, end - inside).Trim("-+ \t\r\n") is not "endraw")
                continue;
            var result = new StringBuilder();
            Append(result, text.AsSpan(_position, at - _position), text[inside] == '-');
            _trimsStart = text[end - 1] == '-';
            _position = end + 2;
            return result.ToString();
        }
        throw new SyntaxException(start, "{% raw %} is not closed: {% endraw %} is missing");
    }

    /// <exception cref="SyntaxException">What comes next is no token.</exception>
    public TemplateToken Next()
    {
        while (_position < text.Length && text[_position] is ' ' or '\t' or '\n' or '\r')
            _position++;
        var start = _position;
        if (start == text.Length)
            throw new SyntaxException(start, $"the template ends within braces: \"{(_isTag ? "%}" : "}}")}\" is missing");
        if (TakeEnd() is { } end)
            return new TemplateToken(TemplateTokenKind.End, start, end, default);
        var c = text[start];
        if (char.IsAsciiLetter(c) || c == '_')
            return Name(start);
        if (char.IsAsciiDigit(c))
            return Number(start);
        if (c is '"' or '\'')
            return String(start);
        var symbol = Array.Find(Symbols, symbol => string.CompareOrdinal(text, start, symbol, 0, symbol.Length) == 0)
            ?? throw new SyntaxException(start, $"\"{(char.IsSurrogate(c) ? '\uFFFD' : c)}\" means nothing within braces");
        _braces += symbol switch { "{" => 1, "}" => -1, _ => 0 };
        _position += symbol.Length;
        return new TemplateToken(TemplateTokenKind.Symbol, start, symbol, default);
    }

    private int FindOpening(int from)
    {
        for (var at = text.IndexOf('{', from); at >= 0 && at + 1 < text.Length; at = text.IndexOf('{', at + 1))
        {
            if (text[at + 1] is '{' or '%' or '#')
                return at;
        }
        return text.Length;
    }

    private void SkipComment(int start)
    {
        var end = text.IndexOf("#}", start + 2, StringComparison.Ordinal);
        if (end < 0)
            throw new SyntaxException(start, "the comment is not closed: \"#}\" is missing");
        _trimsStart = text[end - 1] == '-' && end - 1 > start + 1;
        _position = end + 2;
    }

    private void Append(StringBuilder result, ReadOnlySpan<char> piece, bool trimsEnd)
    {
        if (_trimsStart)
            piece = piece.TrimStart();
        _trimsStart = false;
        result.Append(trimsEnd ? piece.TrimEnd() : piece);
    }

    private string? TakeEnd()
    {
        var at = text[_position] is '-' or '+' ? _position + 1 : _position;
        var mark = _isTag ? "%}" : "}}";
        if (_braces > 0 || string.CompareOrdinal(text, at, mark, 0, 2) != 0)
            return null;
        _trimsStart = text[_position] == '-';
        _position = at + 2;
        return mark;
    }

    private TemplateToken Name(int start)
    {
        while (_position < text.Length && (char.IsAsciiLetterOrDigit(text[_position]) || text[_position] == '_'))
            _position++;
        var name = text[start.._position];
        return name switch
        {
            "true" or "True" => new TemplateToken(TemplateTokenKind.Literal, start, name, CelValue.True),
            "false" or "False" => new TemplateToken(TemplateTokenKind.Literal, start, name, CelValue.False),
            "none" or "None" or "null" => new TemplateToken(TemplateTokenKind.Literal, start, name, CelValue.Null),
            _ => new TemplateToken(TemplateTokenKind.Name, start, name, default),
        };
    }

    private TemplateToken Number(int start)
    {
        SkipDigits();
        var isDouble = _position + 1 < text.Length && text[_position] == '.' && char.IsAsciiDigit(text[_position + 1]);
        if (isDouble)
        {
            _position++;
            SkipDigits();
        }
        if (_position + 1 < text.Length && text[_position] is 'e' or 'E' && (char.IsAsciiDigit(text[_position + 1]) || text[_position + 1] is '-' or '+'))
        {
            isDouble = true;
            _position += 2;
            SkipDigits();
        }
        var digits = text.AsSpan(start, _position - start);
        CelValue value;
        if (!isDouble && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            value = CelValue.Of(whole);
        else if (isDouble && double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            value = CelValue.Of(number);
        else
            throw new SyntaxException(start, isDouble ? "this is no number" : "the number is too large: at most 9223372036854775807");
        return new TemplateToken(TemplateTokenKind.Literal, start, digits.ToString(), value);
    }

    private TemplateToken String(int start)
    {
        var quote = text[start];
        var result = new StringBuilder();
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == quote)
            {
                _position = at + 1;
                return new TemplateToken(TemplateTokenKind.Literal, start, text[start.._position], CelValue.Of(result.ToString()));
            }
            if (text[at] != '\\')
                result.Append(text[at]);
            else if (++at < text.Length)
                result.Append(Escaped(ref at));
        }
        throw new SyntaxException(start, $"the string is not closed: {quote} is missing");
    }

    private char Escaped(ref int at)
    {
        switch (text[at])
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case '\\' or '"' or '\'' or '/':
                return text[at];
            case 'u' when at + 4 < text.Length && ushort.TryParse(text.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                at += 4;
                return (char)unit;
            default:
                throw new SyntaxException(at - 1, $"\"\\{(char.IsSurrogate(text[at]) ? '\uFFFD' : text[at])}\" is no escape: write \"\\\\\" for a backslash");
        }
    }

    private void SkipDigits()
    {
        while (_position < text.Length && char.IsAsciiDigit(text[_position]))
            _position++;
    }
}
