using System.Buffers.Binary;
using System.Net;

namespace Sluice.Expressions.Cel;

/// <summary>The bits of an IP address: the low 32 of IPv4, all 128 of IPv6.</summary>
internal readonly record struct AddressBits(UInt128 Bits, bool IsV6)
{
    public int Width => IsV6 ? 128 : 32;

    public bool IsUnspecified => Bits == 0;

    public bool IsLoopback => IsV6 ? Bits == 1 : Bits >> 24 == 127;

    public bool IsMulticast => IsV6 ? Bits >> 120 == 0xFF : Bits >> 28 == 0xE;

    public bool IsLinkLocalMulticast => IsV6 ? Bits >> 120 == 0xFF && ((Bits >> 112) & 0xF) == 2 : Bits >> 8 == 0xE00000;

    public bool IsLinkLocalUnicast => IsV6 ? Bits >> 118 == 0x3FA : Bits >> 16 == 0xA9FE;

    /// <summary>As Go's net/netip has it: also of private networks.</summary>
    public bool IsGlobalUnicast => !IsUnspecified && !IsLoopback && !IsMulticast && !IsLinkLocalUnicast && (IsV6 || Bits != 0xFFFFFFFF);

    public AddressBits Masked(int prefix) => this with { Bits = prefix == 0 ? 0 : Bits >> (Width - prefix) << (Width - prefix) };

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        return new IPAddress(IsV6 ? bytes : bytes[12..]).ToString();
    }
}
