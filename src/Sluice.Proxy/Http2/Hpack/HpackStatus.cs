namespace Sluice.Proxy.Http2.Hpack;

internal enum HpackStatus : byte
{
    /// <summary>A field line.</summary>
    Field,

    /// <summary>The block has ended.</summary>
    End,

    /// <summary>The block is malformed: COMPRESSION_ERROR, as nothing that follows can be understood (RFC 9113 4.3).</summary>
    Failed,
}
