using System.Buffers;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Layer4.ProxyProtocol;

/// <summary>Version 1 (section 2.1): "PROXY TCP4 192.0.2.1 198.51.100.1 1024 443", CR LF; 107 bytes at the most.</summary>
internal static class ProxyHeaderV1
{
    public const int MaxLength = 107;

    private static readonly SearchValues<byte> IPv6Characters = SearchValues.Create("0123456789abcdefABCDEF:."u8);

    private static ReadOnlySpan<byte> Prefix => "PROXY "u8;

    public static ProxyHeaderStatus Parse(ReadOnlySpan<byte> bytes, out int length, out ProxiedAddresses? addresses)
    {
        length = 0;
        addresses = null;
        var seen = Math.Min(bytes.Length, Prefix.Length);
        if (!bytes[..seen].SequenceEqual(Prefix[..seen]))
            return ProxyHeaderStatus.Malformed;

        var window = bytes[..Math.Min(bytes.Length, MaxLength)];
        var end = window.IndexOf((byte)'\n');
        if (end < 0)
            return bytes.Length >= MaxLength ? ProxyHeaderStatus.Malformed : ProxyHeaderStatus.Partial;
        if (window[end - 1] != '\r')
            return ProxyHeaderStatus.Malformed;
        length = end + 1;
        return ParseLine(window[Prefix.Length..(end - 1)], out addresses) ? ProxyHeaderStatus.Complete : ProxyHeaderStatus.Malformed;
    }

    private static bool ParseLine(ReadOnlySpan<byte> line, out ProxiedAddresses? addresses)
    {
        addresses = null;
        var family = Take(ref line);

        // The receiver must ignore whatever stands behind it.
        if (family.SequenceEqual("UNKNOWN"u8))
            return true;
        var isIPv6 = family.SequenceEqual("TCP6"u8);
        if (!isIPv6 && !family.SequenceEqual("TCP4"u8))
            return false;
        var source = Take(ref line);
        var destination = Take(ref line);
        var sourcePort = Take(ref line);
        if (!TryPort(sourcePort, out var fromPort) || !TryPort(line, out var toPort))
            return false;
        if (!TryAddress(source, isIPv6, fromPort, out var from) || !TryAddress(destination, isIPv6, toPort, out var to))
            return false;
        addresses = new ProxiedAddresses(from, to);
        return true;
    }

    /// <summary>What stands in front of the next space, which must be one; empty fields are refused by those who read them.</summary>
    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> line)
    {
        var space = line.IndexOf((byte)' ');
        var field = space < 0 ? line : line[..space];
        line = space < 0 ? default : line[(space + 1)..];
        return field;
    }

    /// <summary>0 to 65535 in decimal, without leading zeros.</summary>
    private static bool TryPort(ReadOnlySpan<byte> text, out int port)
    {
        port = 0;
        if (text.Length is 0 or > 5 || (text[0] == '0' && text.Length > 1))
            return false;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            port = (port * 10) + (digit - '0');
        }

        return port <= ushort.MaxValue;
    }

    private static bool TryAddress(ReadOnlySpan<byte> text, bool isIPv6, int port, out NativeAddress address)
    {
        address = default;
        if (isIPv6)
        {
            if (text.IndexOfAnyExcept(IPv6Characters) >= 0 || !IPAddress.TryParse(Encoding.ASCII.GetString(text), out var parsed) || parsed.AddressFamily != AddressFamily.InterNetworkV6)
                return false;
            address = new NativeAddress(parsed, port);
            return true;
        }

        Span<byte> octets = stackalloc byte[4];
        for (var i = 0; i < 4; i++)
        {
            var dot = i == 3 ? text.Length : text.IndexOf((byte)'.');
            if (dot is < 1 or > 3 || !TryPort(text[..dot], out var octet) || octet > 255)
                return false;
            octets[i] = (byte)octet;
            text = i == 3 ? default : text[(dot + 1)..];
        }

        address = NativeAddress.FromOctets(octets, port);
        return true;
    }
}
