using System.Buffers.Binary;

namespace Sluice.Controller.Files.Native;

/// <summary>
/// What statx(2) tells of a path. Two equal values mean the same content: the change time (ctime) follows every write,
/// rename and replacement, and cannot be set by programs.
/// </summary>
internal readonly record struct FileStatus(FileKind Kind, ulong Device, ulong Inode, ulong Size, long ChangedSeconds, uint ChangedNanoseconds, uint Links)
{
    private const int BufferSize = 256;
    private const int TypeMask = 0xF000;

    public static FileStatus Of(string path, bool followLinks)
    {
        Span<byte> buffer = stackalloc byte[BufferSize];
        if (LibC.Statx(LibC.AtCurrentFolder, path, followLinks ? 0 : LibC.AtNoFollow, LibC.StatxBasic, buffer) != 0)
            return default;
        // struct statx: the same offsets on every architecture.
        var kind = (BinaryPrimitives.ReadUInt16LittleEndian(buffer[28..]) & TypeMask) switch
        {
            0x8000 => FileKind.Regular,
            0x4000 => FileKind.Folder,
            0xA000 => FileKind.Link,
            _ => FileKind.Other,
        };
        return new FileStatus(
            kind,
            ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(buffer[136..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(buffer[140..]),
            BinaryPrimitives.ReadUInt64LittleEndian(buffer[32..]),
            BinaryPrimitives.ReadUInt64LittleEndian(buffer[40..]),
            BinaryPrimitives.ReadInt64LittleEndian(buffer[96..]),
            BinaryPrimitives.ReadUInt32LittleEndian(buffer[104..]),
            BinaryPrimitives.ReadUInt32LittleEndian(buffer[16..]));
    }
}
