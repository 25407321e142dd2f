using System.Numerics;

namespace Sluice.Proxy.Engine;

/// <summary>xorshift128+ of one worker: for choosing backends and naming requests, never for secrets.</summary>
internal sealed class FastRandom
{
    private ulong _a;
    private ulong _b;

    public FastRandom(ulong seed)
    {
        _a = Mix(seed + 0x9E3779B97F4A7C15);
        _b = Mix(_a + 0x9E3779B97F4A7C15) | 1;
    }

    public ulong Next64()
    {
        var x = _a;
        var y = _b;
        _a = y;
        x ^= x << 23;
        _b = x ^ y ^ (x >> 17) ^ (y >> 26);
        return _b + y;
    }

    public uint Next() => (uint)(Next64() >> 32);

    /// <summary>Evenly from 0 to bound - 1.</summary>
    public int Next(int bound) => (int)(((ulong)Next() * (uint)bound) >> 32);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return BitOperations.RotateLeft(z ^ (z >> 31), 17);
    }
}
