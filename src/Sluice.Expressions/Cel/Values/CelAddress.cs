using System.Text;

namespace Sluice.Expressions.Cel;

/// <summary>An IP address; <see cref="Value"/> tells families apart by its <see cref="AddressBits"/>.</summary>
internal sealed class CelAddress(AddressBits value)
{
    public AddressBits Value { get; } = value;

    public override string ToString() => Value.ToString();

    /// <summary>Without zone; IPv4-mapped IPv6 addresses are refused, as Kubernetes does.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out AddressBits address)
    {
        address = default;
        Span<char> characters = stackalloc char[45];
        if (text.Length is < 2 or > 45 || text.Contains((byte)'%') || text.Contains((byte)'[') || !Ascii.IsValid(text))
            return false;
        Encoding.ASCII.GetChars(text, characters);
        return text.Contains((byte)':') ? TryParseV6(characters[..text.Length], out address) : TryParseV4(text, out address);
    }

    // Four decimal numbers without leading zeros: the platform's parser also takes one number, octal and hexadecimal.
    private static bool TryParseV4(ReadOnlySpan<byte> text, out AddressBits address)
    {
        address = default;
        uint bits = 0, part = 0;
        int digits = 0, parts = 0;
        foreach (var c in text)
        {
            if (c == '.')
            {
                if (digits == 0 || ++parts > 3)
                    return false;
                (bits, part, digits) = ((bits << 8) | part, 0, 0);
                continue;
            }
            if (c is < (byte)'0' or > (byte)'9' || (digits > 0 && part == 0) || (part = (part * 10) + c - '0') > 255)
                return false;
            digits++;
        }
        address = new AddressBits((bits << 8) | part, IsV6: false);
        return parts == 3 && digits > 0;
    }

    private static bool TryParseV6(ReadOnlySpan<char> text, out AddressBits address)
    {
        address = default;
        if (!TryReadGroups(text, out var bits))
            return false;
        address = new AddressBits(bits, IsV6: true);
        return bits >> 32 != 0xFFFF;
    }

    private static bool TryReadGroups(ReadOnlySpan<char> text, out UInt128 bits)
    {
        bits = 0;
        int groups = 0, gap = -1, at = 0;
        if (text.StartsWith("::"))
            (gap, at) = (0, 2);
        while (at < text.Length)
        {
            var end = at;
            uint group = 0;
            while (end < text.Length && char.IsAsciiHexDigit(text[end]))
                group = (group << 4) | HexDigit(text[end++]);
            if (end == at || end - at > 4 || ++groups > 8)
                return false;
            bits = (bits << 16) | group;
            at = end;
            if (at == text.Length)
                break;
            if (text[at++] != ':' || at == text.Length)
                return false;
            if (text[at] != ':')
                continue;
            if (gap >= 0)
                return false;
            (gap, at) = (groups, at + 1);
        }
        if (gap < 0)
            return groups == 8;
        if (groups > 7)
            return false;
        var behind = (groups - gap) * 16;
        var low = behind == 0 ? 0 : bits & ((UInt128.One << behind) - 1);
        bits = gap == 0 ? low : ((bits >> behind) << (128 - (gap * 16))) | low;
        return true;
    }

    private static uint HexDigit(char c) => (uint)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
}
