using System.Text;

namespace Sluice.Resources.Reading.Yaml;

/// <summary>Anchors and tags.</summary>
internal ref partial struct YamlParser
{
    /// <summary>Reads an anchor or a tag, when one is next.</summary>
    private bool ReadProperty(ref NodeProperties properties)
    {
        if (Current is not ((byte)'&' or (byte)'!'))
            return false;
        (properties.Line, properties.Column) = (_line, Column);
        var isAnchor = Current == '&';
        if ((isAnchor ? properties.Anchor : properties.Tag) is not null)
            throw Error(isAnchor ? "a value has one anchor at most" : "a value has one tag at most");
        _at++;
        if (isAnchor)
            properties.Anchor = PropertyName("anchor");
        else
            properties.Tag = Tag();
        return true;
    }

    /// <summary>The name of an anchor or alias.</summary>
    private string PropertyName(string what)
    {
        var name = Word();
        return name.IsEmpty ? throw Error($"the {what} has no name") : Encoding.UTF8.GetString(name);
    }

    /// <summary>What follows "!".</summary>
    private string Tag()
    {
        if (Current == '<')
        {
            var length = _text[_at..].IndexOfAny((byte)'>', (byte)'\n');
            if (length < 0 || _text[_at + length] != '>')
                throw Error("the tag has no end: \">\" is missing");
            var verbatim = Encoding.UTF8.GetString(_text.Slice(_at + 1, length - 1));
            _at += length + 1;
            return verbatim;
        }

        var name = Encoding.UTF8.GetString(Word());
        return name.StartsWith('!') ? "tag:yaml.org,2002:" + name[1..] : "!" + name;
    }

    /// <summary>Up to white space or, as flow collections need it, one of ,[]{}.</summary>
    private ReadOnlySpan<byte> Word()
    {
        var length = _text[_at..].IndexOfAny(ScalarText.WordEnds);
        if (length < 0)
            length = _text.Length - _at;
        var word = _text.Slice(_at, length);
        _at += length;
        return word;
    }
}
