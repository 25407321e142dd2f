using System.Buffers.Binary;

namespace Sluice.Proxy.Http2.Frames;

/// <summary>The nine octets before every frame's payload (RFC 9113 4.1). Length is that of the payload, below 2^24.</summary>
internal readonly record struct FrameHeader(int Length, FrameType Type, FrameFlags Flags, int StreamId)
{
    public const int Size = 9;

    /// <summary>Largest payload unless the receiver has said that it takes more (RFC 9113 4.2).</summary>
    public const int DefaultMaxLength = 16 * 1024;

    public bool Has(FrameFlags flag) => (Flags & flag) != 0;

    /// <summary>The reserved bit is ignored.</summary>
    public static FrameHeader Read(ReadOnlySpan<byte> bytes) => new(
        (bytes[0] << 16) | (bytes[1] << 8) | bytes[2],
        (FrameType)bytes[3],
        (FrameFlags)bytes[4],
        (int)(BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]) & 0x7fff_ffff));

    public void Write(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt32BigEndian(target, ((uint)Length << 8) | (byte)Type);
        target[4] = (byte)Flags;
        BinaryPrimitives.WriteInt32BigEndian(target[5..], StreamId);
    }
}
