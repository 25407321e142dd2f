namespace Sluice.Proxy.Http2.Frames;

/// <summary>Types of frames (RFC 9113 6). Others are ignored (RFC 9113 5.5).</summary>
internal enum FrameType : byte
{
    Data = 0,
    Headers = 1,
    Priority = 2,
    RstStream = 3,
    Settings = 4,
    PushPromise = 5,
    Ping = 6,
    GoAway = 7,
    WindowUpdate = 8,
    Continuation = 9,
}
