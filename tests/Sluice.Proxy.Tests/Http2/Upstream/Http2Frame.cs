using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Tests.Http2.Upstream;

internal sealed record Http2Frame(FrameType Type, FrameFlags Flags, int StreamId, byte[] Payload)
{
    public bool EndsStream => Type is FrameType.Data or FrameType.Headers && (Flags & FrameFlags.EndStream) != 0;

    /// <summary>Of RST_STREAM.</summary>
    public Http2Error Error => (Http2Error)((Payload[0] << 24) | (Payload[1] << 16) | (Payload[2] << 8) | Payload[3]);

    /// <summary>Of GOAWAY.</summary>
    public Http2Error GoAwayError => (Http2Error)((Payload[4] << 24) | (Payload[5] << 16) | (Payload[6] << 8) | Payload[7]);
}
