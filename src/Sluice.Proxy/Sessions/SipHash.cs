using System.Buffers.Binary;
using System.Numerics;

namespace Sluice.Proxy.Sessions;

/// <summary>
/// SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed hash of 64 bits that nobody without the key can predict. Used instead of the
/// platform's HMAC because that loads all of OpenSSL (7 MB) for a few octets.
/// </summary>
internal static class SipHash
{
    public const int KeySize = 16;

    public static ulong Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        State state = Absorb(key, data, 0);
        state.V2 ^= 0xff;
        return state.Squeeze();
    }

    /// <summary>SipHash-2-4 with 128 bits, for what stands in the place of a secret.</summary>
    public static UInt128 Compute128(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        State state = Absorb(key, data, 0xee);
        state.V2 ^= 0xee;
        ulong lower = state.Squeeze();
        state.V1 ^= 0xdd;
        return new UInt128(state.Squeeze(), lower);
    }

    private static State Absorb(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ulong width)
    {
        ulong k0 = BinaryPrimitives.ReadUInt64LittleEndian(key);
        ulong k1 = BinaryPrimitives.ReadUInt64LittleEndian(key[8..]);
        var state = new State
        {
            V0 = k0 ^ 0x736f6d6570736575,
            V1 = k1 ^ 0x646f72616e646f6d ^ width,
            V2 = k0 ^ 0x6c7967656e657261,
            V3 = k1 ^ 0x7465646279746573,
        };
        ulong length = (ulong)data.Length << 56;
        for (; data.Length >= 8; data = data[8..])
            state.Take(BinaryPrimitives.ReadUInt64LittleEndian(data));
        for (int i = 0; i < data.Length; i++)
            length |= (ulong)data[i] << (8 * i);
        state.Take(length);
        return state;
    }

    private struct State
    {
        public ulong V0;
        public ulong V1;
        public ulong V2;
        public ulong V3;

        public void Take(ulong word)
        {
            V3 ^= word;
            Round();
            Round();
            V0 ^= word;
        }

        public ulong Squeeze()
        {
            for (int i = 0; i < 4; i++)
                Round();
            return V0 ^ V1 ^ V2 ^ V3;
        }

        public void Round()
        {
            V0 += V1;
            V1 = BitOperations.RotateLeft(V1, 13) ^ V0;
            V0 = BitOperations.RotateLeft(V0, 32);
            V2 += V3;
            V3 = BitOperations.RotateLeft(V3, 16) ^ V2;
            V0 += V3;
            V3 = BitOperations.RotateLeft(V3, 21) ^ V0;
            V2 += V1;
            V1 = BitOperations.RotateLeft(V1, 17) ^ V2;
            V2 = BitOperations.RotateLeft(V2, 32);
        }
    }
}
