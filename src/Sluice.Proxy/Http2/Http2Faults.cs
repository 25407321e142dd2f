using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Http2;

/// <summary>How each fault is told to the peer, and named in metrics.</summary>
internal static class Http2Faults
{
    public static Http2Error Code(Http2Fault fault) => fault switch
    {
        Http2Fault.Protocol => Http2Error.ProtocolError,
        Http2Fault.FrameSize => Http2Error.FrameSizeError,
        Http2Fault.FlowControl => Http2Error.FlowControlError,
        Http2Fault.Compression => Http2Error.CompressionError,
        Http2Fault.StreamClosed => Http2Error.StreamClosed,
        Http2Fault.TooManyStreams => Http2Error.RefusedStream,
        Http2Fault.SlowRequest or Http2Fault.SlowReader or Http2Fault.IdleStream => Http2Error.Cancel,
        Http2Fault.Truncated => Http2Error.InternalError,
        _ => Http2Error.EnhanceYourCalm,
    };

    public static string Name(Http2Fault fault) => fault switch
    {
        Http2Fault.Protocol => "protocol",
        Http2Fault.FrameSize => "frame size",
        Http2Fault.FlowControl => "flow control",
        Http2Fault.Compression => "compression",
        Http2Fault.StreamClosed => "stream closed",
        Http2Fault.RapidReset => "rapid reset",
        Http2Fault.ProvokedResets => "provoked resets",
        Http2Fault.EndlessFieldBlock => "endless field block",
        Http2Fault.SettingsFlood => "settings flood",
        Http2Fault.PingFlood => "ping flood",
        Http2Fault.PriorityFlood => "priority flood",
        Http2Fault.WindowUpdateFlood => "window update flood",
        Http2Fault.EmptyFrameFlood => "empty frame flood",
        Http2Fault.StrayFrameFlood => "stray frame flood",
        Http2Fault.TooManyStreams => "too many streams",
        Http2Fault.FrameTimeout => "frame timeout",
        Http2Fault.SlowRequest => "slow request",
        Http2Fault.SlowReader => "slow reader",
        Http2Fault.IdleStream => "idle stream",
        _ => "truncated",
    };
}
