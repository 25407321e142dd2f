using Sluice.Configuration.Policies;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Chain;

/// <summary>Reads IP addresses from text without allocating, and finds the one that a request came from.</summary>
internal static class ClientIp
{
    /// <summary>
    /// The peer's, or with N trusted proxies in front the Nth entry of X-Forwarded-For from its end: the first that a trusted one wrote.
    /// With fewer entries, or one that is no address, the peer's counts.
    /// </summary>
    public static bool TryFind(RequestHead head, ReadOnlySpan<byte> peer, int trustedHops, out UInt128 address)
    {
        TryFindText(head, peer, trustedHops, out ReadOnlySpan<byte> text);
        return TryParse(text, out address);
    }

    /// <summary>The same as text, without port; false when it is the peer's.</summary>
    public static bool TryFindText(RequestHead head, ReadOnlySpan<byte> peer, int trustedHops, out ReadOnlySpan<byte> address)
    {
        for (int i = head.FieldCount - 1; i >= 0 && trustedHops > 0; i--)
        {
            ref readonly Field field = ref head.Fields[i];
            if (field.Known != KnownField.XForwardedFor)
                continue;
            ReadOnlySpan<byte> value = head.ValueOf(field);
            while (trustedHops > 0 && value.Length > 0)
            {
                int comma = value.LastIndexOf((byte)',');
                ReadOnlySpan<byte> entry = value[(comma + 1)..].Trim(" \t"u8);
                value = comma < 0 ? default : value[..comma];
                if (--trustedHops != 0)
                    continue;
                address = WithoutPort(entry);
                if (TryParse(address, out _))
                    return true;
            }
        }
        address = peer;
        return false;
    }

    /// <summary>IPv4 in its place among IPv6 (<see cref="IpPrefix.MappedIPv4"/>); a zone is passed over.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out UInt128 address)
    {
        address = default;
        if (text.Contains((byte)':'))
            return TryParseV6(text, out address);
        if (!TryParseV4(text, out uint bits))
            return false;
        address = IpPrefix.MappedIPv4 | bits;
        return true;
    }

    /// <summary>An entry of X-Forwarded-For as an address; brackets and port are passed over.</summary>
    public static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> entry)
    {
        if (entry.Length > 0 && entry[0] == '[')
        {
            int end = entry.IndexOf((byte)']');
            return end < 0 ? entry : entry[1..end];
        }
        int colon = entry.IndexOf((byte)':');
        return colon >= 0 && entry[(colon + 1)..].IndexOf((byte)':') < 0 ? entry[..colon] : entry;
    }

    private static bool TryParseV4(ReadOnlySpan<byte> text, out uint bits)
    {
        bits = 0;
        for (int part = 0; part < 4; part++)
        {
            int digits = 0;
            uint value = 0;
            while (digits < text.Length && text[digits] is >= (byte)'0' and <= (byte)'9' && digits < 3)
                value = (value * 10) + text[digits++] - '0';
            if (digits == 0 || value > 255 || (part < 3 && (digits == text.Length || text[digits] != '.')) || (part == 3 && digits != text.Length))
                return false;
            bits = (bits << 8) | value;
            text = part < 3 ? text[(digits + 1)..] : default;
        }
        return true;
    }

    // RFC 4291 2.2: up to eight groups, one run of them written as "::", the last two perhaps as IPv4.
    private static bool TryParseV6(ReadOnlySpan<byte> text, out UInt128 address)
    {
        address = default;
        int zone = text.IndexOf((byte)'%');
        if (zone >= 0)
            text = text[..zone];
        int gap = text.IndexOf("::"u8);
        if (gap < 0)
            return TryParseGroups(text, out address, out int all) && all == 8;
        UInt128 front = default, back = default;
        int frontCount = 0, backCount = 0;
        if (gap > 0 && (!TryParseGroups(text[..gap], out front, out frontCount) || text[..gap].Contains((byte)'.')))
            return false;
        if (gap + 2 < text.Length && !TryParseGroups(text[(gap + 2)..], out back, out backCount))
            return false;
        if (frontCount + backCount > 7)
            return false;
        address = (frontCount == 0 ? default : front << (16 * (8 - frontCount))) | back;
        return true;
    }

    private static bool TryParseGroups(ReadOnlySpan<byte> text, out UInt128 value, out int count)
    {
        value = default;
        count = 0;
        while (true)
        {
            int end = text.IndexOf((byte)':');
            ReadOnlySpan<byte> group = end < 0 ? text : text[..end];
            if (end < 0 && group.Contains((byte)'.'))
            {
                if (count > 6 || !TryParseV4(group, out uint bits))
                    return false;
                value = (value << 32) | bits;
                count += 2;
                return true;
            }
            if (group.Length is 0 or > 4 || count == 8)
                return false;
            uint number = 0;
            foreach (byte digit in group)
            {
                int nibble = Digit(digit);
                if (nibble < 0)
                    return false;
                number = (number << 4) | (uint)nibble;
            }
            value = (value << 16) | number;
            count++;
            if (end < 0)
                return true;
            text = text[(end + 1)..];
        }
    }

    private static int Digit(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => -1,
    };
}
