using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sluice.Proxy.Http2;

/// <summary>
/// The handshake that a tunnel of HTTP/2 does not have and a backend of HTTP/1.1 wants (RFC 6455 4.1, RFC 8441 5.1): a fresh key
/// that stands for the client, and the answer that shows that the backend has understood it. Guards against confusion, keeps no secret.
/// </summary>
internal readonly struct WebSocketKey(ulong high, ulong low)
{
    /// <summary>Characters of the key: 16 octets in base64.</summary>
    public const int Length = 24;

    /// <summary>Characters of the answer: a SHA-1 hash in base64.</summary>
    public const int AcceptLength = 28;

    public static ReadOnlySpan<byte> KeyName => "sec-websocket-key"u8;

    public static ReadOnlySpan<byte> AcceptName => "sec-websocket-accept"u8;

    public void Write(Span<byte> target)
    {
        ReadOnlySpan<ulong> octets = [high, low];
        Base64.EncodeToUtf8(MemoryMarshal.AsBytes(octets), target, out _, out _);
    }

    /// <summary>Whether a Sec-WebSocket-Accept answers this key (RFC 6455 4.2.2).</summary>
    public bool IsAnsweredBy(ReadOnlySpan<byte> accept)
    {
        Span<byte> key = stackalloc byte[Length];
        Write(key);
        Span<byte> expected = stackalloc byte[AcceptLength];
        WriteAccept(key, expected);
        return accept.SequenceEqual(expected);
    }

    /// <summary>The Sec-WebSocket-Accept that answers a key.</summary>
    public static void WriteAccept(ReadOnlySpan<byte> key, Span<byte> target)
    {
        const int GuidLength = 36;
        Span<byte> text = stackalloc byte[Length + GuidLength];
        key[..Length].CopyTo(text);
        "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"u8.CopyTo(text[Length..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // The protocol's own choice; nothing is protected by it.
        SHA1.HashData(text, hash);
#pragma warning restore CA5350
        Base64.EncodeToUtf8(hash, target, out _, out _);
    }
}
