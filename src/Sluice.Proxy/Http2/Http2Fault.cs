namespace Sluice.Proxy.Http2;

/// <summary>Why an HTTP/2 connection or stream was ended by us: the label in metrics.</summary>
internal enum Http2Fault : byte
{
    /// <summary>Against RFC 9113, beyond what has a name of its own here.</summary>
    Protocol,
    FrameSize,
    FlowControl,
    Compression,

    /// <summary>A frame on a stream that had ended.</summary>
    StreamClosed,

    /// <summary>Streams opened and reset again and again (CVE-2023-44487).</summary>
    RapidReset,

    /// <summary>Faults that made us reset stream after stream (CVE-2025-8671).</summary>
    ProvokedResets,

    /// <summary>A field block that does not end (CVE-2024-27316 and its kin).</summary>
    EndlessFieldBlock,
    SettingsFlood,
    PingFlood,
    PriorityFlood,
    WindowUpdateFlood,
    EmptyFrameFlood,

    /// <summary>Frames of unknown types, and frames for streams that are gone.</summary>
    StrayFrameFlood,

    /// <summary>More streams at a time than allowed.</summary>
    TooManyStreams,

    /// <summary>A frame, or the rest of one, did not come in time.</summary>
    FrameTimeout,

    /// <summary>A request body came too slowly.</summary>
    SlowRequest,

    /// <summary>The peer kept a window closed, or the socket full, for too long.</summary>
    SlowReader,

    /// <summary>A tunnel or stream of messages carried nothing for too long.</summary>
    IdleStream,

    /// <summary>The other side broke off a response.</summary>
    Truncated,
}
