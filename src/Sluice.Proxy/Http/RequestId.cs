using System.Buffers.Binary;

namespace Sluice.Proxy.Http;

/// <summary>X-Request-Id of requests that bring none: the form of a version 4 UUID (RFC 9562), not fit as a secret.</summary>
internal readonly record struct RequestId(ulong High, ulong Low)
{
    public const int Length = 36;

    public void Write(Span<byte> target)
    {
        var high = (High & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000;
        var low = (Low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        Span<byte> octets = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(octets, high);
        BinaryPrimitives.WriteUInt64BigEndian(octets[8..], low);
        Span<byte> digits = stackalloc byte[32];
        Convert.TryToHexStringLower(octets, digits, out _);

        // 8-4-4-4-12
        digits[..8].CopyTo(target);
        digits[8..12].CopyTo(target[9..]);
        digits[12..16].CopyTo(target[14..]);
        digits[16..20].CopyTo(target[19..]);
        digits[20..].CopyTo(target[24..]);
        target[8] = target[13] = target[18] = target[23] = (byte)'-';
    }
}
