using System.Buffers.Binary;

namespace Sluice.Proxy.Routing;

/// <summary>
/// Hashes of short byte strings for the routing tables: eight octets a step. Seeded per process, so that nobody who may write
/// a route can choose names that collide for everybody else's requests.
/// </summary>
internal static class ByteHash
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private const ulong LowerCaseBits = 0x2020202020202020;

    private static readonly ulong Seed = NewSeed();

    public static uint Of(ReadOnlySpan<byte> bytes) => Compute(bytes, 0);

    /// <summary>Equal for strings that differ in ASCII case only (and for a few others: the comparison decides).</summary>
    public static uint OfFolded(ReadOnlySpan<byte> bytes) => Compute(bytes, LowerCaseBits);

    private static uint Compute(ReadOnlySpan<byte> bytes, ulong fold)
    {
        ulong hash = Seed ^ ((ulong)bytes.Length * Multiplier);
        while (bytes.Length >= 8)
        {
            hash = Mix(hash ^ (BinaryPrimitives.ReadUInt64LittleEndian(bytes) | fold));
            bytes = bytes[8..];
        }
        if (bytes.Length > 0)
            hash = Mix(hash ^ (Tail(bytes) | fold));
        return (uint)(hash ^ (hash >> 32));
    }

    // One to seven octets; they overlap, which is harmless because the length is part of the hash.
    private static ulong Tail(ReadOnlySpan<byte> bytes) => bytes.Length >= 4
        ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) << 32)
        : bytes[0] | ((ulong)bytes[bytes.Length / 2] << 8) | ((ulong)bytes[^1] << 16);

    private static ulong Mix(ulong value)
    {
        ulong high = Math.BigMul(value, Multiplier, out ulong low);
        return high ^ low;
    }

    // A version 4 GUID comes from the system's random source too, without loading all of OpenSSL (7 MB) for eight octets.
    private static ulong NewSeed()
    {
        Span<byte> octets = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(octets);
        return BinaryPrimitives.ReadUInt64LittleEndian(octets) ^ BinaryPrimitives.ReadUInt64LittleEndian(octets[8..]);
    }
}
