namespace Sluice.Resources.Reading.Yaml;

/// <summary>Spaces, line breaks, comments and markers.</summary>
internal ref partial struct YamlParser
{
    /// <summary>Nothing but white space or a comment follows on this line.</summary>
    private readonly bool AtLineEnd => _at >= _text.Length || _text[_at] is (byte)'\n' or (byte)'\r' || (_text[_at] == '#' && IsBlank(_at - 1));

    /// <summary>At the end of the text or of the document.</summary>
    private readonly bool AtEnd => _at >= _text.Length || (Column == 0 && (IsMarker("---"u8) || IsMarker("..."u8)));

    /// <summary>White space, or an end of the text.</summary>
    private readonly bool IsBlank(int at) => (uint)at >= (uint)_text.Length || _text[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    /// <summary>The character, and white space after it.</summary>
    private readonly bool IsIndicator(char character) => Current == character && IsBlank(_at + 1);

    private readonly bool IsMarker(ReadOnlySpan<byte> marker) => _text[_at..].StartsWith(marker) && IsBlank(_at + 3);

    private void SkipSpaces()
    {
        while (_at < _text.Length && _text[_at] is (byte)' ' or (byte)'\t')
            _at++;
    }

    /// <summary>To the next text that is no comment, on this line or a later one.</summary>
    private void SkipBlank()
    {
        while (_at < _text.Length)
        {
            switch (_text[_at])
            {
                case (byte)' ' or (byte)'\t':
                    _at++;
                    break;
                case (byte)'\n' or (byte)'\r':
                    BreakLine();
                    break;
                case (byte)'#' when IsBlank(_at - 1):
                    SkipComment();
                    break;
                default:
                    return;
            }
        }
    }

    /// <summary>Over "\n" or "\r\n".</summary>
    private void BreakLine()
    {
        _at += _text[_at] == '\r' ? 2 : 1;
        _line++;
        _lineStart = _at;
    }

    private void SkipLine()
    {
        SkipComment();
        if (_at < _text.Length)
            BreakLine();
    }

    /// <summary>%YAML and %TAG say nothing that matters here: the tags that are known need no handle.</summary>
    private void SkipDirective()
    {
        if (!_text[_at..].StartsWith("%YAML "u8) && !_text[_at..].StartsWith("%TAG "u8))
            throw Error("a line cannot start with \"%\" here");
        SkipLine();
        SkipBlank();
        if (Column > 0 || (Current != '%' && !IsMarker("---"u8)))
            throw Error("\"---\" must follow after %YAML and %TAG");
    }

    /// <summary>To the line break.</summary>
    private void SkipComment()
    {
        var length = _text[_at..].IndexOfAny((byte)'\n', (byte)'\r');
        _at = length < 0 ? _text.Length : _at + length;
    }

    /// <summary>Only white space or a comment may follow a marker.</summary>
    private void EndLine()
    {
        SkipSpaces();
        if (!AtLineEnd)
            throw Error("nothing but a comment may stand after \"...\"");
    }

    /// <summary>Only white space or a comment may follow a value that ends by itself.</summary>
    private void EndValue()
    {
        SkipSpaces();
        if (AtLineEnd)
            return;
        throw Error(IsIndicator(':')
            ? "a key must be a string on one line"
            : "text stands after the end of the value: put the whole value in quotes");
    }

    /// <summary>Block collections are indented with spaces alone (YAML 1.2 section 6.1).</summary>
    private readonly void CheckTabs(int textStart)
    {
        var indentation = _text[_lineStart..textStart];
        var tab = indentation.IndexOf((byte)'\t');
        if (tab >= 0 && indentation.IndexOfAnyExcept((byte)' ', (byte)'\t') < 0)
            throw Error(_line, tab, "the line is indented with a tab: use spaces");
    }
}
