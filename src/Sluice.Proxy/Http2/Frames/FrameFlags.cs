namespace Sluice.Proxy.Http2.Frames;

/// <summary>Flags of frames (RFC 9113 6); what a bit means depends on the type.</summary>
[Flags]
internal enum FrameFlags : byte
{
    None = 0,

    /// <summary>DATA and HEADERS: the sender's side of the stream ends.</summary>
    EndStream = 0x1,

    /// <summary>SETTINGS and PING: an answer.</summary>
    Ack = EndStream,

    /// <summary>HEADERS, PUSH_PROMISE and CONTINUATION: no CONTINUATION follows.</summary>
    EndHeaders = 0x4,

    /// <summary>DATA, HEADERS and PUSH_PROMISE.</summary>
    Padded = 0x8,

    /// <summary>HEADERS: priority fields are there, which are ignored (RFC 9113 5.3).</summary>
    Priority = 0x20,
}
