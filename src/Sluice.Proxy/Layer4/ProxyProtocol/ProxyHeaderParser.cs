namespace Sluice.Proxy.Layer4.ProxyProtocol;

/// <summary>
/// Reads the header with which a proxy says whose connection it passes on (haproxy.org, doc/proxy-protocol.txt): version 1, a line
/// of text, or version 2, binary. Strict: what a sender may not write is refused, since a guess would name the wrong client.
/// </summary>
internal static class ProxyHeaderParser
{
    /// <summary>What version 2 begins with (section 2.2).</summary>
    public static ReadOnlySpan<byte> Signature => "\r\n\r\n\0\r\nQUIT\n"u8;

    /// <summary>Whether the bytes are the beginning of a header, or may become one: no protocol that is served begins like that.</summary>
    public static bool MayBegin(ReadOnlySpan<byte> bytes) => IsPrefix(bytes, Signature) || IsPrefix(bytes, "PROXY "u8);

    private static bool IsPrefix(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> start)
    {
        var length = Math.Min(bytes.Length, start.Length);
        return bytes[..length].SequenceEqual(start[..length]);
    }

    /// <param name="bytes">All that has come of the connection.</param>
    /// <param name="limit">Bytes that a header of version 2 may have.</param>
    /// <param name="length">The header's length, once it is complete.</param>
    /// <param name="addresses">Who connected to what; null when the sender speaks for itself or does not know.</param>
    public static ProxyHeaderStatus Parse(ReadOnlySpan<byte> bytes, int limit, out int length, out ProxiedAddresses? addresses)
    {
        length = 0;
        addresses = null;
        if (bytes.Length == 0)
            return ProxyHeaderStatus.Partial;
        return bytes[0] == Signature[0]
            ? ProxyHeaderV2.Parse(bytes, limit, out length, out addresses)
            : ProxyHeaderV1.Parse(bytes, out length, out addresses);
    }
}
