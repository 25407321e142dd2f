using System.Buffers.Binary;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Support;

/// <summary>A frame as it stands on the wire (RFC 9113 4.1). Any number may stand in any place: tests break rules with it.</summary>
internal sealed record Frame(FrameType Type, FrameFlags Flags, int StreamId, byte[] Payload)
{
    public const int HeaderSize = 9;

    /// <summary>Sets the reserved bit before the stream's number.</summary>
    public bool Reserved { get; init; }

    /// <summary>What the header says about the payload's length; null for the truth.</summary>
    public int? ClaimedLength { get; init; }

    public bool EndsStream => Type is FrameType.Data or FrameType.Headers && (Flags & FrameFlags.EndStream) != 0;

    public bool IsAck => (Flags & FrameFlags.Ack) != 0;

    /// <summary>Of RST_STREAM and GOAWAY.</summary>
    public Http2Error ErrorCode => (Http2Error)BinaryPrimitives.ReadUInt32BigEndian(Payload.AsSpan(Type == FrameType.GoAway ? 4 : 0));

    public byte[] ToBytes()
    {
        var bytes = new byte[HeaderSize + Payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, (ClaimedLength ?? Payload.Length) << 8 | (byte)Type);
        bytes[4] = (byte)Flags;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(5), (uint)StreamId | (Reserved ? 0x8000_0000 : 0));
        Payload.CopyTo(bytes, HeaderSize);
        return bytes;
    }

    public static byte[] ToBytes(IEnumerable<Frame> frames) => [.. frames.SelectMany(frame => frame.ToBytes())];

    public override string ToString()
    {
        var hasCode = (Type == FrameType.RstStream && Payload.Length == 4) || (Type == FrameType.GoAway && Payload.Length >= 8);
        var code = hasCode ? $" {ErrorCode}" : "";
        return $"{Type}({Flags}) stream {StreamId}{code} {Payload.Length}: {Wire.Show(Wire.Text(Payload), 80)}";
    }
}
