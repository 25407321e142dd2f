using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Sluice.Proxy.Sessions;

/// <summary>
/// A session as the client carries it: which backend and endpoint serve it (as hashes), when it began and when it was last seen, and
/// a seal over all of that. 33 octets, 44 characters of base64url.
/// </summary>
internal readonly record struct SessionToken(ulong Backend, ulong Endpoint, uint Began, uint Seen)
{
    public const int TextLength = 44;

    private const byte Version = 1;
    private const int Size = 33;
    private const int SealOffset = Size - 8;

    /// <summary>False for whatever this key has not sealed.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, SessionKey key, out SessionToken token)
    {
        token = default;
        Span<byte> bytes = stackalloc byte[Size + 3];
        if (text.Length != TextLength
            || Base64Url.DecodeFromUtf8(text, bytes, out _, out int length) != OperationStatus.Done
            || length != Size
            || bytes[0] != Version
            || BinaryPrimitives.ReadUInt64LittleEndian(bytes[SealOffset..]) != key.Seal(bytes[..SealOffset]))
        {
            return false;
        }

        token = new SessionToken(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[1..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[9..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[17..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[21..]));
        return true;
    }

    /// <param name="text">At least <see cref="TextLength"/> octets.</param>
    /// <param name="key">What seals.</param>
    public void Write(Span<byte> text, SessionKey key)
    {
        Span<byte> bytes = stackalloc byte[Size];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[1..], Backend);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[9..], Endpoint);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[17..], Began);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[21..], Seen);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[SealOffset..], key.Seal(bytes[..SealOffset]));
        Base64Url.EncodeToUtf8(bytes, text, out _, out _);
    }
}
