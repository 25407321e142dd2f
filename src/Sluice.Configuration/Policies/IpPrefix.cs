using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sluice.Configuration.Policies;

/// <summary>
/// Addresses that share their first bits. IPv4 stands in its place among IPv6 (::ffff:0:0/96), so that an address is the same whatever
/// socket brought it.
/// </summary>
/// <param name="Bits">The first address; all bits behind the prefix are 0.</param>
/// <param name="Length">0 to 128.</param>
public readonly record struct IpPrefix(UInt128 Bits, int Length)
{
    /// <summary>Where IPv4 begins.</summary>
    public static UInt128 MappedIPv4 { get; } = new(0, 0xffff_0000_0000);

    /// <summary>"address/length" or one address. Bits behind the prefix must be 0: they mostly mean that something else was wanted.</summary>
    public static bool TryParse(string text, out IpPrefix prefix, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        prefix = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = slash < 0 ? text : text[..slash];
        if (!IPAddress.TryParse(host, out var address) || host.Contains('%', StringComparison.Ordinal) || (address.AddressFamily == AddressFamily.InterNetwork && host.Count(c => c == '.') != 3))
        {
            problem = $"\"{text}\" is no IP address or CIDR such as 10.0.0.0/8 or 2001:db8::/32";
            return false;
        }

        var isV4 = address.AddressFamily == AddressFamily.InterNetwork;
        var width = isV4 ? 32 : 128;
        var length = width;
        if (slash >= 0 && (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > width))
        {
            problem = $"\"{text}\": the length of the prefix must be a number from 0 to {width}";
            return false;
        }

        var bits = ToBits(address);
        prefix = new IpPrefix(bits, length + 128 - width);
        if ((bits & ~Mask(prefix.Length)) != 0)
        {
            problem = $"\"{text}\" has bits behind its prefix; the network is {Text(bits & Mask(prefix.Length), isV4)}/{length}";
            return false;
        }

        problem = null;
        return true;
    }

    /// <summary>The first bits set, as many as said.</summary>
    public static UInt128 Mask(int length) => length == 0 ? UInt128.Zero : UInt128.MaxValue << (128 - length);

    public bool Contains(UInt128 address) => (address & Mask(Length)) == Bits;

    private static UInt128 ToBits(IPAddress address)
    {
        Span<byte> octets = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(octets, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(octets);
    }

    private static string Text(UInt128 bits, bool isV4)
    {
        var octets = new byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(octets, bits);
        var address = new IPAddress(octets);
        return (isV4 ? address.MapToIPv4() : address).ToString();
    }
}
