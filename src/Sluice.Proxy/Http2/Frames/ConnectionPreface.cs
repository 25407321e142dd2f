namespace Sluice.Proxy.Http2.Frames;

/// <summary>What a client says first (RFC 9113 3.4); made so that no HTTP/1.1 server takes it for a request.</summary>
internal static class ConnectionPreface
{
    public const int Length = 24;

    public static ReadOnlySpan<byte> Bytes => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Whether these first bytes of a connection are the preface as far as they go.</summary>
    public static bool Matches(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 0 && (bytes.Length < Length ? Bytes.StartsWith(bytes) : bytes.StartsWith(Bytes));
}
