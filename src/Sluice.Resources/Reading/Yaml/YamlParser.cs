using System.Globalization;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Yaml;

/// <summary>
/// Reads YAML 1.2 straight from UTF-8 bytes into a <see cref="ManifestTree"/>, document by document: nothing is allocated but
/// the strings of values, and those are shared. Left out, with an error that says so: keys that are no plain or quoted
/// strings on one line, explicit keys ("? "), anchors on keys, single pairs in lists ("[a: b]"), and tags other than those of
/// the JSON types. This file has documents and block collections; the others have flow collections, scalars, and space.
/// </summary>
/// <param name="text">Valid UTF-8 without control characters and lone carriage returns.</param>
/// <param name="firstLine">The line of the file that the text starts on.</param>
/// <param name="builder">Gets the values.</param>
/// <param name="scalars">Makes strings.</param>
internal ref partial struct YamlParser(ReadOnlySpan<byte> text, int firstLine, TreeBuilder builder, ScalarText scalars)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>The next byte to look at.</summary>
    private int _at;
    private int _line = firstLine;
    private int _lineStart;

    /// <summary>From 0, in bytes.</summary>
    private readonly int Column => _at - _lineStart;

    /// <summary>The next byte; 0, which cannot stand in the text, at its end.</summary>
    private readonly byte Current => _at < _text.Length ? _text[_at] : (byte)0;

    /// <summary>Fills the tree with the next document; false when there is none.</summary>
    /// <exception cref="ManifestSyntaxException">The text is not YAML from some place on. There is nothing to read after it.</exception>
    public bool Read()
    {
        builder.Start();
        while (true)
        {
            SkipBlank();
            if (_at >= _text.Length)
                return false;
            if (Column == 0 && IsMarker("---"u8))
            {
                _at += 3;
                Node(-1, mayStartCollection: false, mayBeListAtParent: false);
                break;
            }

            if (Column == 0 && IsMarker("..."u8))
            {
                _at += 3;
                EndLine();
            }
            else if (Column == 0 && Current == '%')
            {
                SkipDirective();
            }
            else
            {
                Node(-1, mayStartCollection: true, mayBeListAtParent: false);
                break;
            }
        }

        SkipBlank();
        if (!AtEnd)
            throw Error("this line does not belong to what stands above it: check its indentation");
        return true;
    }

    /// <summary>Reads what follows an indicator: a value on the same line or on the next ones, or nothing.</summary>
    /// <param name="parent">Column of the collection that the value is in: the value's lines stand further right.</param>
    /// <param name="mayStartCollection">A block collection may begin on this line: after "- ", but not after "key: ".</param>
    /// <param name="mayBeListAtParent">A list may stand in the column of the keys around it.</param>
    private void Node(int parent, bool mayStartCollection, bool mayBeListAtParent)
    {
        var (line, column) = (_line, Column);
        var properties = default(NodeProperties);
        while (true)
        {
            SkipSpaces();
            if (AtLineEnd)
            {
                SkipBlank();
                if (AtEnd || (Column <= parent && !(mayBeListAtParent && Column == parent && IsIndicator('-'))))
                {
                    Scalar(properties, "", plain: true, line, column);
                    return;
                }

                mayStartCollection = true;
                continue;
            }

            if (!ReadProperty(ref properties))
                break;
        }

        if (Current == '*')
            Alias(properties);
        else
            Content(parent, mayStartCollection && properties.Line != _line, properties);
    }

    private void Content(int parent, bool mayStartCollection, NodeProperties properties)
    {
        var (line, column) = (_line, Column);
        switch (Current)
        {
            case (byte)'-' when IsIndicator('-'):
                if (!mayStartCollection)
                    throw Error("a list cannot start on the line of its key: put it on the next line");
                Sequence(properties);
                return;
            case (byte)'?' when IsIndicator('?'):
                throw Error("explicit keys (\"? \") are not supported: write \"key: value\"");
            case (byte)'|' or (byte)'>':
                BlockScalar(parent, properties);
                return;
            case (byte)'[' or (byte)'{':
                FlowNode(properties);
                EndValue();
                return;
            case (byte)'"' or (byte)'\'':
                var quoted = Quoted();
                SkipSpaces();
                if (_line == line && IsIndicator(':'))
                {
                    Mapping(mayStartCollection, properties, quoted, plain: false, line, column);
                    return;
                }

                Scalar(properties, quoted, plain: false, line, column);
                EndValue();
                return;
            default:
                RefusePlainStart();
                var (start, end) = PlainLine(inFlow: false);
                if (Current == ':')
                    Mapping(mayStartCollection, properties, scalars.Share(_text[start..end]), plain: true, line, column);
                else
                    Scalar(properties, PlainRest(start, end, parent), plain: true, line, column);
                return;
        }
    }

    /// <summary>A block mapping whose first key was read; the colon after it is next.</summary>
    private void Mapping(bool mayStart, NodeProperties properties, string key, bool plain, int line, int column)
    {
        if (!mayStart && properties.Line == line)
            throw Error(line, column, "anchors and tags on keys are not supported: put them on the line before");
        if (!mayStart)
            throw Error("a second \": \" on this line: put the value in quotes, or what is meant as a mapping on lines of its own");
        CheckTabs(_lineStart + column);
        properties.RequireTag("map");
        builder.Open(mapping: true, properties.Anchor, line, column + 1);
        while (true)
        {
            builder.Key(key, plain, line, column + 1);
            _at++;
            Node(column, mayStartCollection: false, mayBeListAtParent: true);
            SkipBlank();
            if (AtEnd || Column < column)
                break;
            CheckTabs(_at);
            if (Column > column)
                throw Error($"indented by {Number(Column)} spaces, where the keys above it are indented by {Number(column)}");
            (line, plain) = (_line, Current is not ((byte)'"' or (byte)'\''));
            key = Key();
        }

        builder.Close();
    }

    private string Key()
    {
        if (IsIndicator('-'))
            throw Error("a list item stands where a key is expected: check its indentation");
        if (IsIndicator('?'))
            throw Error("explicit keys (\"? \") are not supported: write \"key: value\"");
        string key;
        var (line, column) = (_line, Column);
        if (Current is (byte)'"' or (byte)'\'')
        {
            key = Quoted();
            SkipSpaces();
        }
        else
        {
            RefuseKeyStart();
            var (start, end) = PlainLine(inFlow: false);
            key = scalars.Share(_text[start..end]);
        }

        if (!IsIndicator(':') || _line != line)
            throw Error(line, column, "this should be a key: \":\" and a space are missing after it");
        return key;
    }

    /// <summary>A block list; its first "- " is next.</summary>
    private void Sequence(NodeProperties properties)
    {
        CheckTabs(_at);
        properties.RequireTag("seq");
        var column = Column;
        builder.Open(mapping: false, properties.Anchor, _line, column + 1);
        while (true)
        {
            _at++;
            Node(column, mayStartCollection: true, mayBeListAtParent: false);
            SkipBlank();
            if (AtEnd || Column < column || (Column == column && !IsIndicator('-')))
                break;
            CheckTabs(_at);
            if (Column > column)
                throw Error($"indented by {Number(Column)} spaces, where the list items above it start at {Number(column)}");
        }

        builder.Close();
    }

    private void Alias(NodeProperties properties)
    {
        if (properties.Line > 0)
            throw Error("an alias has no anchor or tag of its own");
        var (line, column) = (_line, Column);
        _at++;
        builder.Alias(PropertyName("alias"), line, column + 1);
        EndValue();
    }

    private readonly void Scalar(NodeProperties properties, string value, bool plain, int line, int column)
    {
        var kind = plain ? PlainScalar.Resolve(value) : NodeKind.String;
        kind = properties.KindOf(kind, value);
        builder.Scalar(kind, kind == NodeKind.Null ? null : value, plain, properties.Anchor, line, column + 1);
    }

    private readonly ManifestSyntaxException Error(string message) => Error(_line, Column, message);

    private static ManifestSyntaxException Error(int line, int column, string message) => new(line, column + 1, "not valid YAML: " + message);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
