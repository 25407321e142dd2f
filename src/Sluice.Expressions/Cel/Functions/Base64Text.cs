using System.Buffers;
using System.Buffers.Text;

namespace Sluice.Expressions.Cel;

/// <summary>Base64 (RFC 4648 4 and 5). Padding may be left out when decoding.</summary>
internal static class Base64Text
{
    public static byte[] Encode(ReadOnlySpan<byte> bytes, bool isUrl)
    {
        var text = new byte[isUrl ? Base64Url.GetEncodedLength(bytes.Length) : Base64.GetMaxEncodedToUtf8Length(bytes.Length)];
        if (isUrl)
            Base64Url.EncodeToUtf8(bytes, text);
        else
            Base64.EncodeToUtf8(bytes, text, out _, out _);
        return text;
    }

    /// <summary>Null when it is none.</summary>
    public static byte[]? TryDecode(ReadOnlySpan<byte> text, bool isUrl)
    {
        if (text.ContainsAny(" \t\r\n"u8))
            return null;
        text = text.TrimEnd((byte)'=');
        // The decoder of the other alphabet takes texts without padding, so the letters are exchanged for its own.
        var letters = text.ToArray();
        if (!isUrl)
        {
            if (text.ContainsAny("-_"u8))
                return null;
            letters.AsSpan().Replace((byte)'+', (byte)'-');
            letters.AsSpan().Replace((byte)'/', (byte)'_');
        }
        var bytes = new byte[Base64Url.GetMaxDecodedLength(letters.Length)];
        return Base64Url.DecodeFromUtf8(letters, bytes, out _, out var written) == OperationStatus.Done ? bytes[..written] : null;
    }
}
