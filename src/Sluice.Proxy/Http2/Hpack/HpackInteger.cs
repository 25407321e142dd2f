namespace Sluice.Proxy.Http2.Hpack;

/// <summary>Integers with a prefix of some bits (RFC 7541 5.1).</summary>
internal static class HpackInteger
{
    /// <summary>Far above every size that is accepted anywhere; larger values are refused before they could overflow.</summary>
    public const int Max = (1 << 24) - 1;

    /// <summary>Octets behind the prefix: enough for <see cref="Max"/>, and some leading zeros are forgiven.</summary>
    private const int MaxContinuation = 5;

    /// <summary>False when the bytes end inside the integer, or its value is above <see cref="Max"/>.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int position, int prefixBits, out int value)
    {
        var mask = (1 << prefixBits) - 1;
        value = bytes[position++] & mask;
        if (value < mask)
            return true;

        long sum = mask;
        for (var i = 0; i < MaxContinuation && position < bytes.Length; i++)
        {
            var octet = bytes[position++];
            sum += (long)(octet & 0x7f) << (7 * i);
            if ((octet & 0x80) != 0)
                continue;
            value = (int)Math.Min(sum, int.MaxValue);
            return sum <= Max;
        }

        return false;
    }

    /// <summary>Writes the value behind the bits that <paramref name="first"/> has above the prefix, and returns how many bytes that took.</summary>
    public static int Write(Span<byte> target, byte first, int prefixBits, int value)
    {
        var mask = (1 << prefixBits) - 1;
        if (value < mask)
        {
            target[0] = (byte)(first | value);
            return 1;
        }

        target[0] = (byte)(first | mask);
        value -= mask;
        var length = 1;
        while (value >= 0x80)
        {
            target[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[length++] = (byte)value;
        return length;
    }
}
