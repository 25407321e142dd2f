namespace Sluice.Proxy.Grpc;

/// <summary>Writes a grpc-message: UTF-8, of which everything but printable ASCII, and "%", is percent-encoded.</summary>
internal static class GrpcMessage
{
    /// <summary>Bytes of a message at the most, encoded; the rest is cut off.</summary>
    public const int MaxBytes = 1024;

    /// <returns>The bytes written.</returns>
    public static int Write(ReadOnlySpan<byte> text, Span<byte> target)
    {
        var length = 0;
        foreach (var octet in text.TrimEnd("\r\n"u8))
        {
            var isPlain = octet is >= (byte)' ' and <= (byte)'~' and not (byte)'%';
            if (length + (isPlain ? 1 : 3) > target.Length)
                break;
            if (isPlain)
            {
                target[length++] = octet;
                continue;
            }

            target[length++] = (byte)'%';
            target[length++] = Digit(octet >> 4);
            target[length++] = Digit(octet & 15);
        }

        return length;
    }

    private static byte Digit(int value) => (byte)(value < 10 ? '0' + value : 'A' + value - 10);
}
