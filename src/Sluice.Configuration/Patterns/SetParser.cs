namespace Sluice.Configuration.Patterns;

/// <summary>What follows a "[".</summary>
internal sealed class SetParser(PatternReader reader, bool ignoresCase)
{
    /// <param name="position">Of the "[".</param>
    public CharacterSet Parse(int position)
    {
        var isComplement = reader.Take('^');
        var parts = new List<CharacterSet>();
        // A "]" that comes first is a member.
        do
        {
            if (reader.AtEnd)
                throw PatternReader.Error("\"[\" without \"]\"", position);
            parts.Add(Part());
        }
        while (!reader.Take(']'));
        var set = CharacterSet.Union(parts);
        if (ignoresCase)
            set = set.Folded();
        return isComplement ? set.Complement() : set;
    }

    private CharacterSet Part()
    {
        var position = reader.Position;
        if (reader.Take("[:"))
            return NamedSet(position);
        if (reader.At("-["))
            throw PatternReader.Error("sets cannot be subtracted", position);
        if (reader.Take('\\'))
        {
            if (EscapeParser.Set(reader) is { } set)
                return set;
            return Range(EscapeParser.Character(reader, position), position);
        }
        return Range(reader.Next(), position);
    }

    private CharacterSet Range(int first, int position)
    {
        if (!reader.At('-') || reader.At("-]") || reader.At("-["))
            return CharacterSet.Range(first, first);
        reader.Take('-');
        var last = reader.Take('\\')
            ? EscapeParser.Set(reader) is null ? EscapeParser.Character(reader, position) : throw PatternReader.Error("a range cannot end with a set", position)
            : reader.Next();
        return last >= first ? CharacterSet.Range(first, last) : throw PatternReader.Error("the range is in reverse order", position);
    }

    private CharacterSet NamedSet(int position)
    {
        var name = reader.TakeUntil(':');
        var isComplement = name is not null && name.StartsWith('^');
        CharacterSet? set = name?.TrimStart('^') switch
        {
            "alnum" => Ascii(char.IsAsciiLetterOrDigit),
            "alpha" => Ascii(char.IsAsciiLetter),
            "ascii" => Ascii(_ => true),
            "blank" => Ascii(c => c is ' ' or '\t'),
            "cntrl" => Ascii(char.IsControl),
            "digit" => Ascii(char.IsAsciiDigit),
            "graph" => Ascii(c => c is > ' ' and < '\x7f'),
            "lower" => Ascii(char.IsAsciiLetterLower),
            "print" => Ascii(c => c is >= ' ' and < '\x7f'),
            "punct" => Ascii(c => c is > ' ' and < '\x7f' && !char.IsAsciiLetterOrDigit(c)),
            "space" => CharacterSet.Space,
            "upper" => Ascii(char.IsAsciiLetterUpper),
            "word" => CharacterSet.Word,
            "xdigit" => Ascii(char.IsAsciiHexDigit),
            _ => null,
        };
        if (set is null || !reader.Take(']'))
            throw PatternReader.Error("\"[:\" must be followed by the name of a set and \":]\"", position);
        return isComplement ? set.Complement() : set;
    }

    private static CharacterSet Ascii(Func<char, bool> contains) =>
        CharacterSet.Union(Enumerable.Range(0, 0x80).Where(value => contains((char)value)).Select(value => CharacterSet.Range(value, value)));
}
