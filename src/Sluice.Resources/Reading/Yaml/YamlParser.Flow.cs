namespace Sluice.Resources.Reading.Yaml;

/// <summary>Flow collections: lists in [] and mappings in {}, over any number of lines.</summary>
internal ref partial struct YamlParser
{
    private void FlowNode(NodeProperties properties)
    {
        while (ReadProperty(ref properties))
            SkipFlowSpace(_line, Column);
        var (line, column) = (_line, Column);
        switch (Current)
        {
            case (byte)'[':
                FlowSequence(properties);
                break;
            case (byte)'{':
                FlowMapping(properties);
                break;
            case (byte)'"' or (byte)'\'':
                Scalar(properties, Quoted(), plain: false, line, column);
                break;
            case (byte)'*':
                _at++;
                builder.Alias(PropertyName("alias"), line, column + 1);
                break;
            case (byte)',' or (byte)']' or (byte)'}' when properties.Line > 0:
                Scalar(properties, "", plain: true, line, column);
                break;
            default:
                RefusePlainStart();
                Scalar(properties, FlowPlain(), plain: true, line, column);
                break;
        }
    }

    private void FlowSequence(NodeProperties properties)
    {
        var (line, column) = (_line, Column);
        properties.RequireTag("seq");
        builder.Open(mapping: false, properties.Anchor, line, column + 1);
        _at++;
        while (true)
        {
            SkipFlowSpace(line, column);
            if (Current == ']')
                break;
            if (Current == ',')
                throw Error("a value is missing before this comma");
            FlowNode(default);
            SkipFlowSpace(line, column);
            if (Current == ':')
                throw Error("a pair in a list needs braces: [{key: value}]");
            EndFlowItem(']', line);
        }

        _at++;
        builder.Close();
    }

    private void FlowMapping(NodeProperties properties)
    {
        var (line, column) = (_line, Column);
        properties.RequireTag("map");
        builder.Open(mapping: true, properties.Anchor, line, column + 1);
        _at++;
        while (true)
        {
            SkipFlowSpace(line, column);
            if (Current == '}')
                break;
            FlowPair(line, column);
            SkipFlowSpace(line, column);
            EndFlowItem('}', line);
        }

        _at++;
        builder.Close();
    }

    /// <summary>"key: value", or a key alone, whose value is null.</summary>
    private void FlowPair(int openLine, int openColumn)
    {
        var (line, column) = (_line, Column);
        if (IsIndicator('?'))
            throw Error("explicit keys (\"? \") are not supported: write \"key: value\"");
        var isQuoted = Current is (byte)'"' or (byte)'\'';
        if (!isQuoted)
            RefuseKeyStart();
        var key = isQuoted ? Quoted() : FlowPlain();
        builder.Key(key, !isQuoted, line, column + 1);
        SkipFlowSpace(openLine, openColumn);
        if (Current == ':')
        {
            _at++;
            SkipFlowSpace(openLine, openColumn);
            if (Current is not ((byte)',' or (byte)'}'))
            {
                FlowNode(default);
                return;
            }
        }

        Scalar(default, "", plain: true, line, column);
    }

    private void EndFlowItem(char close, int line)
    {
        if (Current == ',')
            _at++;
        else if (Current != close)
            throw Error($"\",\" or \"{close}\" is expected here; the bracket to close is on line {Number(line)}");
    }

    /// <summary>White space, line breaks and comments inside a flow collection, which must not end there.</summary>
    private void SkipFlowSpace(int line, int column)
    {
        SkipBlank();
        if (AtEnd)
            throw Error(line, column, $"the bracket that opens here is never closed");
    }

    /// <summary>A plain scalar inside a flow collection, folded when it goes over several lines.</summary>
    private string FlowPlain()
    {
        var (start, end) = PlainLine(inFlow: true);
        if (!AtLineEnd)
            return scalars.Share(_text[start..end]);
        scalars.Start(_text[start..end]);
        while (AtLineEnd && _at < _text.Length && Current != '#')
        {
            var breaks = SkipLineBreaks();
            if (AtEnd || Current == '#' || Current is (byte)',' or (byte)']' or (byte)'}' || (Current == ':' && IsFlowBlank(_at + 1)))
                break;
            (start, end) = PlainLine(inFlow: true);
            scalars.Fold(breaks);
            scalars.Append(_text[start..end]);
        }

        return scalars.Finish();
    }

    private readonly bool IsFlowBlank(int at) => IsBlank(at) || _text[at] is (byte)',' or (byte)'[' or (byte)']' or (byte)'{' or (byte)'}';
}
