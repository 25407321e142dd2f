using System.Globalization;
using System.Text;

namespace Sluice.Configuration.Patterns;

/// <summary>Reads an expression character by character.</summary>
internal sealed class PatternReader(string text)
{
    public int Position { get; private set; }

    public bool AtEnd => Position == text.Length;

    public bool At(char c) => Position < text.Length && text[Position] == c;

    public bool At(string part) => string.CompareOrdinal(text, Position, part, 0, part.Length) == 0;

    public bool Take(char c)
    {
        if (!At(c))
            return false;
        Position++;
        return true;
    }

    public bool Take(string part)
    {
        if (!At(part))
            return false;
        Position += part.Length;
        return true;
    }

    /// <summary>The next code point.</summary>
    public int Next()
    {
        if (AtEnd)
            throw Error("the expression ends too early");
        if (!Rune.TryGetRuneAt(text, Position, out var rune))
            throw Error("half a surrogate pair is no character");
        Position += rune.Utf16SequenceLength;
        return rune.Value;
    }

    /// <summary>As many hexadecimal digits.</summary>
    public int Hex(int digits)
    {
        if (Position + digits > text.Length
            || !int.TryParse(text.AsSpan(Position, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            throw Error($"{digits} hexadecimal digits must follow");
        }
        Position += digits;
        return value;
    }

    /// <summary>Decimal digits, or -1 when there are none. More than any limit for very many.</summary>
    public int Number()
    {
        var start = Position;
        long value = 0;
        while (Position < text.Length && char.IsAsciiDigit(text[Position]))
            value = Math.Min((value * 10) + (text[Position++] - '0'), int.MaxValue);
        return Position == start ? -1 : (int)value;
    }

    /// <summary>Up to that character, which is taken too; null when it does not come.</summary>
    public string? TakeUntil(char end)
    {
        var at = text.IndexOf(end, Position);
        if (at < 0)
            return null;
        var part = text[Position..at];
        Position = at + 1;
        return part;
    }

    public void Back(int position) => Position = position;

    public PatternException Error(string message) => new(message, Position);

    public static PatternException Error(string message, int position) => new(message, position);
}
