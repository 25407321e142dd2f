using System.Buffers.Binary;

namespace Sluice.Proxy.Http2.Frames;

/// <summary>Frames of fixed form. Each method writes one whole frame and returns its length.</summary>
internal static class FrameWriter
{
    public const int PingSize = FrameHeader.Size + 8;
    public const int RstStreamSize = FrameHeader.Size + 4;
    public const int WindowUpdateSize = FrameHeader.Size + 4;
    public const int GoAwaySize = FrameHeader.Size + 8;

    public static int SettingsAck(Span<byte> target)
    {
        new FrameHeader(0, FrameType.Settings, FrameFlags.Ack, 0).Write(target);
        return FrameHeader.Size;
    }

    /// <summary>One parameter in the payload of a SETTINGS frame.</summary>
    public static int Setting(Span<byte> target, SettingId id, uint value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)id);
        BinaryPrimitives.WriteUInt32BigEndian(target[2..], value);
        return PeerSettings.EntrySize;
    }

    /// <param name="target">Where to.</param>
    /// <param name="flags">Ack for an answer.</param>
    /// <param name="opaque">Eight octets, as they came for an answer.</param>
    public static int Ping(Span<byte> target, FrameFlags flags, ReadOnlySpan<byte> opaque)
    {
        new FrameHeader(8, FrameType.Ping, flags, 0).Write(target);
        opaque[..8].CopyTo(target[FrameHeader.Size..]);
        return PingSize;
    }

    public static int RstStream(Span<byte> target, int streamId, Http2Error error)
    {
        new FrameHeader(4, FrameType.RstStream, FrameFlags.None, streamId).Write(target);
        BinaryPrimitives.WriteUInt32BigEndian(target[FrameHeader.Size..], (uint)error);
        return RstStreamSize;
    }

    public static int WindowUpdate(Span<byte> target, int streamId, int increment)
    {
        new FrameHeader(4, FrameType.WindowUpdate, FrameFlags.None, streamId).Write(target);
        BinaryPrimitives.WriteInt32BigEndian(target[FrameHeader.Size..], increment);
        return WindowUpdateSize;
    }

    public static int GoAway(Span<byte> target, int lastStreamId, Http2Error error)
    {
        new FrameHeader(8, FrameType.GoAway, FrameFlags.None, 0).Write(target);
        BinaryPrimitives.WriteInt32BigEndian(target[FrameHeader.Size..], lastStreamId);
        BinaryPrimitives.WriteUInt32BigEndian(target[(FrameHeader.Size + 4)..], (uint)error);
        return GoAwaySize;
    }
}
