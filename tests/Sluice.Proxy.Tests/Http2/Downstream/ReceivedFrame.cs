using System.Buffers.Binary;
using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>A frame that the proxy sent; the fields are those of HEADERS, decoded.</summary>
internal sealed record ReceivedFrame(FrameHeader Header, byte[] Payload, string[] Fields)
{
    public FrameType Type => Header.Type;

    public int StreamId => Header.StreamId;

    public bool EndsStream => Header.Type is FrameType.Data or FrameType.Headers && Header.Has(FrameFlags.EndStream);

    /// <summary>The code of RST_STREAM or GOAWAY.</summary>
    public Http2Error Error => (Http2Error)BinaryPrimitives.ReadUInt32BigEndian(Payload.AsSpan(Type == FrameType.GoAway ? 4 : 0));

    /// <summary>The last stream of GOAWAY, or the increment of WINDOW_UPDATE.</summary>
    public int Number => BinaryPrimitives.ReadInt32BigEndian(Payload);
}
