namespace Sluice.Resources.Reading.Yaml;

/// <summary>Block scalars: literal (|) and folded (&gt;), YAML 1.2 section 8.1.</summary>
internal ref partial struct YamlParser
{
    private void BlockScalar(int parent, NodeProperties properties)
    {
        var (line, column) = (_line, Column);
        var isFolded = _text[_at++] == '>';
        var (chomp, explicitIndent) = BlockHeader();
        var indent = explicitIndent > 0 ? Math.Max(parent, 0) + explicitIndent : DetectIndent(parent);
        scalars.Start(default);
        var breaks = 0;
        var wasMoreIndented = false;
        var isFirst = true;
        while (_at < _text.Length && !AtEnd)
        {
            var spaces = Spaces(indent);
            var isEmpty = IsLineBreak(_at + spaces);
            if (!isEmpty && spaces < indent)
                break;
            if (isEmpty)
            {
                _at += spaces;
                breaks++;
            }
            else
            {
                _at += indent;
                var isMoreIndented = _text[_at] is (byte)' ' or (byte)'\t';
                AppendBreaks(isFolded && !isFirst && !wasMoreIndented && !isMoreIndented, breaks);
                var start = _at;
                SkipComment();
                scalars.Append(_text[start.._at]);
                (breaks, wasMoreIndented, isFirst) = (1, isMoreIndented, false);
            }

            if (_at >= _text.Length)
            {
                // The last line has no line break of its own.
                breaks = isEmpty && !isFirst ? breaks - 1 : isFirst ? Math.Max(0, breaks - 1) : 0;
                break;
            }

            BreakLine();
        }

        if (chomp == '+')
            AppendBreaks(false, breaks);
        else if (chomp == 0 && !isFirst && breaks > 0)
            AppendBreaks(false, 1);
        Scalar(properties, scalars.Finish(), plain: false, line, column);
    }

    /// <summary>Chomping and indentation indicators in either order, then at most a comment.</summary>
    private (byte Chomp, int Indent) BlockHeader()
    {
        byte chomp = 0;
        var indent = 0;
        while (true)
        {
            if (Current is (byte)'+' or (byte)'-' && chomp == 0)
                chomp = Current;
            else if (Current is >= (byte)'1' and <= (byte)'9' && indent == 0)
                indent = Current - '0';
            else
                break;
            _at++;
        }

        SkipSpaces();
        if (!AtLineEnd)
            throw Error("nothing but +, -, a digit and a comment may follow | and > on their line");
        SkipLine();
        return (chomp, indent);
    }

    /// <summary>The indentation of the first line that is not empty, which empty lines before it must not exceed.</summary>
    private readonly int DetectIndent(int parent)
    {
        var longestEmpty = 0;
        for (var at = _at; at < _text.Length;)
        {
            var spaces = _text[at..].IndexOfAnyExcept((byte)' ');
            if (spaces < 0)
                return Math.Max(Math.Max(longestEmpty, _text.Length - at), parent + 1);
            if (!IsLineBreak(at + spaces))
            {
                if (spaces > parent && longestEmpty > spaces)
                    throw Error("an empty line at the start of the text has more spaces than the text's first line");
                return Math.Max(spaces, parent + 1);
            }

            longestEmpty = Math.Max(longestEmpty, spaces);
            at += spaces + (_text[at + spaces] == '\r' ? 2 : 1);
        }

        return Math.Max(longestEmpty, parent + 1);
    }

    /// <summary>Spaces at the start of the line, up to the given number.</summary>
    private readonly int Spaces(int max)
    {
        var spaces = 0;
        while (spaces < max && _at + spaces < _text.Length && _text[_at + spaces] == ' ')
            spaces++;
        return spaces;
    }

    private readonly bool IsLineBreak(int at) => at >= _text.Length || _text[at] is (byte)'\n' or (byte)'\r';

    private readonly void AppendBreaks(bool fold, int breaks)
    {
        if (fold)
        {
            scalars.Fold(breaks);
            return;
        }

        for (var i = 0; i < breaks; i++)
            scalars.Append("\n"u8);
    }
}
