using System.Buffers.Binary;

namespace Sluice.Configuration.Streaming;

/// <summary>What stands in front of every frame: four octets of length of the payload, most significant first, and one of type.</summary>
internal static class FrameHeader
{
    public const int Size = 5;

    public static void Write(Span<byte> target, int length, FrameType type)
    {
        BinaryPrimitives.WriteInt32BigEndian(target, length);
        target[4] = (byte)type;
    }

    public static (uint Length, FrameType Type) Read(ReadOnlySpan<byte> source) =>
        (BinaryPrimitives.ReadUInt32BigEndian(source), (FrameType)source[4]);
}
