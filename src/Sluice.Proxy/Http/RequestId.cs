namespace Sluice.Proxy.Http;

/// <summary>X-Request-Id of requests that bring none: the form of a version 4 UUID (RFC 9562), not fit as a secret.</summary>
internal readonly record struct RequestId(ulong High, ulong Low)
{
    public const int Length = 36;

    public void Write(Span<byte> target)
    {
        var high = (High & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000;
        var low = (Low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        var at = 0;
        for (var shift = 60; shift >= 0; shift -= 4)
        {
            if (at is 8 or 13)
                target[at++] = (byte)'-';
            target[at++] = Digit((int)(high >> shift) & 15);
        }

        for (var shift = 60; shift >= 0; shift -= 4)
        {
            if (at is 18 or 23)
                target[at++] = (byte)'-';
            target[at++] = Digit((int)(low >> shift) & 15);
        }
    }

    private static byte Digit(int value) => "0123456789abcdef"u8[value];
}
