using System.Globalization;

namespace Sluice.Resources.Reading.Yaml;

/// <summary>Plain and quoted scalars.</summary>
internal ref partial struct YamlParser
{
    /// <summary>A plain scalar, or a key, on this line: ends before ": ", " #", the line's end, and in flow collections before one of ,[]{}.</summary>
    private (int Start, int End) PlainLine(bool inFlow)
    {
        var start = _at;
        var stops = inFlow ? ScalarText.FlowStops : ScalarText.BlockStops;
        while (true)
        {
            var length = _text[_at..].IndexOfAny(stops);
            if (length < 0)
            {
                _at = _text.Length;
                break;
            }

            _at += length;
            var stop = _text[_at];
            if (stop == ':' ? inFlow ? IsFlowBlank(_at + 1) : IsBlank(_at + 1) : stop != '#' || (_at > start && IsBlank(_at - 1)))
                break;
            _at++;
        }

        var end = _at;
        while (end > start && _text[end - 1] is (byte)' ' or (byte)'\t')
            end--;
        return (start, end);
    }

    /// <summary>The value of a plain scalar whose first line was read: lines that stand further right than the parent go on with it.</summary>
    private string PlainRest(int start, int end, int parent)
    {
        if (Current == '#' || _at >= _text.Length)
            return scalars.Share(_text[start..end]);
        var isFirst = true;
        while (true)
        {
            var breaks = SkipLineBreaks();
            if (AtEnd || Column <= parent || Current == '#')
                break;
            if (isFirst)
                scalars.Start(_text[start..end]);
            isFirst = false;
            scalars.Fold(breaks);
            var (line, column) = (_line, Column);
            var (nextStart, nextEnd) = PlainLine(inFlow: false);
            if (Current == ':')
            {
                CheckTabs(nextStart);
                throw Error(line, column, "a key stands where the value above it would go on: check the indentation of both lines");
            }

            scalars.Append(_text[nextStart..nextEnd]);
            if (Current == '#' || _at >= _text.Length)
                break;
        }

        return isFirst ? scalars.Share(_text[start..end]) : scalars.Finish();
    }

    /// <summary>Over this line break and empty lines to the next text; returns the number of line breaks.</summary>
    private int SkipLineBreaks()
    {
        var breaks = 0;
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case (byte)'\n' or (byte)'\r':
                    breaks++;
                    BreakLine();
                    break;
                case (byte)' ' or (byte)'\t':
                    _at++;
                    break;
                default:
                    return breaks;
            }
        }

        return breaks;
    }

    /// <summary>A scalar in single or double quotes; the opening one is next.</summary>
    private string Quoted()
    {
        var (line, column) = (_line, Column);
        var quote = _text[_at++];
        var stops = quote == '"' ? ScalarText.DoubleQuotedStops : ScalarText.SingleQuotedStops;
        var isWhole = true;
        var start = _at;
        while (true)
        {
            var length = _text[_at..].IndexOfAny(stops);
            if (length < 0)
                throw Unterminated(line, column);
            var piece = _text.Slice(_at, length);
            _at += length;
            var stop = _text[_at];
            if (stop == quote && (quote == '"' || _at + 1 >= _text.Length || _text[_at + 1] != '\''))
            {
                _at++;
                if (isWhole)
                    return scalars.Share(_text[start..(_at - 1)]);
                scalars.Append(piece);
                return scalars.Finish();
            }

            if (isWhole)
                scalars.Start(default);
            isWhole = false;
            if (stop == '\\')
            {
                scalars.Append(piece);
                Escape();
            }
            else if (stop == quote)
            {
                scalars.Append(piece);
                scalars.Append("'"u8);
                _at += 2;
            }
            else
            {
                // Never inside an escape: white space that was written as one stays.
                scalars.Append(piece.TrimEnd(" \t"u8));
                FoldQuoted(line, column);
            }
        }
    }

    private void FoldQuoted(int line, int column)
    {
        var breaks = SkipLineBreaks();
        if (AtEnd)
            throw Unterminated(line, column);
        scalars.Fold(breaks);
    }

    /// <summary>A backslash and what it stands for (YAML 1.2 section 5.7).</summary>
    private void Escape()
    {
        _at++;
        var escape = Current;
        if (escape is (byte)'\n' or (byte)'\r')
        {
            var breaks = SkipLineBreaks();
            if (breaks > 1)
                scalars.Fold(breaks);
            return;
        }

        var digits = escape switch { (byte)'x' => 2, (byte)'u' => 4, (byte)'U' => 8, _ => 0 };
        if (digits > 0)
        {
            scalars.AppendRune(CodePoint(digits));
            return;
        }

        var character = ScalarText.Escaped(escape);
        if (character < 0)
            throw Error("unknown escape: a backslash in double quotes is written \\\\, or use single quotes");
        scalars.AppendRune(character);
        _at++;
    }

    /// <summary>\x, \u or \U; two \u that are a surrogate pair, as JSON writes them, are one character.</summary>
    private int CodePoint(int digits)
    {
        var value = Hexadecimal(digits);
        if (value is >= 0xD800 and < 0xDC00 && digits == 4 && _text[_at..].StartsWith("\\u"u8))
        {
            _at++;
            var low = Hexadecimal(4);
            if (low is >= 0xDC00 and < 0xE000)
                return char.ConvertToUtf32((char)value, (char)low);
            value = -1;
        }

        return System.Text.Rune.IsValid(value) ? value : throw Error("the escape stands for no Unicode character");
    }

    private int Hexadecimal(int digits)
    {
        _at++;
        if (_at + digits > _text.Length || !int.TryParse(_text.Slice(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            throw Error($"the escape needs {Number(digits)} hexadecimal digits");
        _at += digits;
        return value;
    }

    private readonly void RefusePlainStart()
    {
        var character = Current;
        if (character is (byte)'@' or (byte)'`' or (byte)'%' or (byte)'|' or (byte)'>' or (byte)'#')
            throw Error($"a value cannot start with \"{(char)character}\": put it in quotes");
        if (character is (byte)',' or (byte)']' or (byte)'}')
            throw Error($"\"{(char)character}\" stands here without a bracket that it would belong to: a value that starts with it needs quotes");
        if (character is (byte)'-' or (byte)'?' or (byte)':' && IsBlank(_at + 1))
            throw Error($"a value cannot start with \"{(char)character} \": put it in quotes");
    }

    private readonly void RefuseKeyStart()
    {
        if (Current is (byte)'[' or (byte)'{' or (byte)'*' or (byte)'|' or (byte)'>')
            throw Error("a key must be a string");
        if (Current is (byte)'&' or (byte)'!')
            throw Error("anchors and tags on keys are not supported");
        RefusePlainStart();
    }

    private static ManifestSyntaxException Unterminated(int line, int column) => Error(line, column, "the quote that opens here is never closed");
}
