using System.Globalization;
using System.Text;

namespace Sluice.Expressions.Cel;

/// <summary>Reads string and bytes literals with their escapes.</summary>
internal static class CelStringReader
{
    /// <summary><c>position</c>: of the opening quotation mark.</summary>
    /// <returns>The value, and the position behind the closing quotation mark.</returns>
    public static (CelValue Value, int End) Read(string text, int position, bool isRaw, bool isBytes)
    {
        var quote = text[position];
        var isTriple = string.CompareOrdinal(text, position, new string(quote, 3), 0, 3) == 0;
        var mark = new string(quote, isTriple ? 3 : 1);
        var at = position + mark.Length;
        var result = new List<byte>();
        Span<byte> utf8 = stackalloc byte[4];
        while (true)
        {
            if (at >= text.Length || (!isTriple && text[at] is '\n' or '\r'))
                throw new SyntaxException(position, $"the string is not closed: {mark} is missing");
            if (string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0)
                break;
            if (text[at] == '\\' && !isRaw)
            {
                Escape(text, ref at, isBytes, result);
                continue;
            }
            if (!Rune.TryGetRuneAt(text, at, out var rune))
                throw new SyntaxException(at, "half a surrogate pair is no character");
            result.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
            at += rune.Utf16SequenceLength;
        }
        byte[] bytes = [.. result];
        return (isBytes ? CelValue.Bytes(bytes) : CelValue.Utf8(bytes), at + mark.Length);
    }

    private static void Escape(string text, ref int at, bool isBytes, List<byte> result)
    {
        var start = at;
        var c = at + 1 < text.Length ? text[at + 1] : '\0';
        at += 2;
        int simple = c switch
        {
            'a' => '\a', 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', 'v' => '\v',
            '\\' or '?' or '"' or '\'' or '`' => c,
            _ => -1,
        };
        if (simple >= 0)
        {
            result.Add((byte)simple);
            return;
        }
        var (digits, radix) = c switch { 'x' or 'X' => (2, 16), 'u' => (4, 16), 'U' => (8, 16), >= '0' and <= '3' => (3, 8), _ => (0, 0) };
        if (digits == 0)
            throw new SyntaxException(start, at > text.Length ? "nothing follows the \"\\\"" : $"\"\\{(char.IsSurrogate(c) ? '\uFFFD' : c)}\" is no escape: write \"\\\\\" for a backslash, or a raw string r\"…\"");
        if (isBytes && c is 'u' or 'U')
            throw new SyntaxException(start, "bytes are written as \\xHH: \\u and \\U are for strings");
        if (radix == 8)
            at--;
        if (!TryReadDigits(text, at, digits, radix, out var value))
            throw new SyntaxException(start, $"\"\\{(radix == 8 ? "" : c)}\" must be followed by {(radix == 8 ? "three octal" : $"{digits} hexadecimal")} digits");
        at += digits;
        if (isBytes)
        {
            result.Add((byte)value);
            return;
        }
        if (!Rune.TryCreate(value, out var rune))
            throw new SyntaxException(start, "the escape names no Unicode character");
        Span<byte> utf8 = stackalloc byte[4];
        result.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
    }

    private static bool TryReadDigits(string text, int at, int count, int radix, out uint value)
    {
        value = 0;
        if (at + count > text.Length)
            return false;
        if (radix == 16)
            return uint.TryParse(text.AsSpan(at, count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
        foreach (var digit in text.AsSpan(at, count))
        {
            if (digit is < '0' or > '7')
                return false;
            value = (value * 8) + digit - '0';
        }
        return true;
    }
}
