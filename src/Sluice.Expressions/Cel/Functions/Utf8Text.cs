using System.Text;

namespace Sluice.Expressions.Cel;

/// <summary>Positions in UTF-8 by code points. An octet that begins no character counts as one.</summary>
internal static class Utf8Text
{
    public static int CountOf(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
            return text.Length;
        var count = 0;
        for (; text.Length > 0; count++)
            text = text[LengthOfFirst(text)..];
        return count;
    }

    /// <summary>The offset of the code point with that index, the text's length for the one behind the last, or -1.</summary>
    public static int OffsetOf(ReadOnlySpan<byte> text, long index)
    {
        if (index < 0)
            return -1;
        var offset = 0;
        for (; index > 0; index--)
        {
            if (offset == text.Length)
                return -1;
            offset += LengthOfFirst(text[offset..]);
        }
        return offset;
    }

    public static int LengthOfFirst(ReadOnlySpan<byte> text)
    {
        if (text[0] < 0x80)
            return 1;
        Rune.DecodeFromUtf8(text, out _, out var length);
        return Math.Max(1, length);
    }
}
