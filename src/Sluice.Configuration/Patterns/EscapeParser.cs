namespace Sluice.Configuration.Patterns;

/// <summary>What follows a "\".</summary>
internal static class EscapeParser
{
    /// <summary>The set that \d, \s, \w and their opposites stand for, or null.</summary>
    public static CharacterSet? Set(PatternReader reader) =>
        reader.Take('d') ? CharacterSet.Digit
        : reader.Take('D') ? CharacterSet.Digit.Complement()
        : reader.Take('s') ? CharacterSet.Space
        : reader.Take('S') ? CharacterSet.Space.Complement()
        : reader.Take('w') ? CharacterSet.Word
        : reader.Take('W') ? CharacterSet.Word.Complement()
        : null;

    /// <summary>The character that is meant.</summary>
    public static int Character(PatternReader reader, int position)
    {
        if (reader.AtEnd)
            throw PatternReader.Error("nothing follows the \"\\\"", position);
        var value = reader.Next();
        switch (value)
        {
            case 't':
                return '\t';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'a':
                return '\a';
            case 'x':
                return reader.Take('{') ? CodePoint(reader, position) : reader.Hex(2);
            case 'u':
                return reader.Hex(4) is var unit && char.IsSurrogate((char)unit)
                    ? throw PatternReader.Error("half a surrogate pair is no character", position) : unit;
            case >= '1' and <= '9' or 'k':
                throw PatternReader.Error("back references cannot be matched in linear time and are not supported", position);
            case 'b' or 'B' or 'G':
                throw PatternReader.Error("word boundaries are not supported", position);
            case 'p' or 'P':
                throw PatternReader.Error("Unicode categories are not supported: write a set of the characters", position);
            case (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '0':
                throw PatternReader.Error($"\"\\{(char)value}\" means nothing", position);
            default:
                return value;
        }
    }

    private static int CodePoint(PatternReader reader, int position)
    {
        var digits = reader.TakeUntil('}');
        return digits is { Length: > 0 and <= 6 } && digits.All(char.IsAsciiHexDigit) && Convert.ToInt32(digits, 16) is <= 0x10FFFF and var value ? value
            : throw PatternReader.Error("\"\\x{\" must be followed by a code point of up to six hexadecimal digits and \"}\"", position);
    }
}
