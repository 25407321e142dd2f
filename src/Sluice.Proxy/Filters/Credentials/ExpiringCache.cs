using System.Numerics;

namespace Sluice.Proxy.Filters.Credentials;

/// <summary>
/// A bounded cache that all workers read without locks: every hash has four places of its own, and what is put there takes that of
/// something that has expired, or else of what expires first. Things may be forgotten early, never late.
/// </summary>
/// <typeparam name="T">What is remembered.</typeparam>
internal sealed class ExpiringCache<T>
    where T : class
{
    private const int Ways = 4;

    private readonly Entry?[] _entries;
    private readonly uint _mask;

    /// <param name="capacity">At least 4; rounded up to a power of 2.</param>
    public ExpiringCache(int capacity)
    {
        uint size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, Ways));
        _entries = new Entry?[size];
        _mask = (size / Ways) - 1;
    }

    /// <param name="hash">Evenly distributed (<see cref="SecretHash"/>).</param>
    /// <param name="now">In the unit in which expiry was given.</param>
    public T? Find(UInt128 hash, long now)
    {
        int first = First(hash);
        for (int i = first; i < first + Ways; i++)
        {
            if (Volatile.Read(ref _entries[i]) is { } entry && entry.Hash == hash && now < entry.Expires)
                return entry.Value;
        }
        return null;
    }

    public void Add(UInt128 hash, T value, long expires, long now)
    {
        int first = First(hash);
        int place = first;
        long earliest = long.MaxValue;
        for (int i = first; i < first + Ways; i++)
        {
            Entry? entry = Volatile.Read(ref _entries[i]);
            if (entry is not null && entry.Hash == hash)
            {
                place = i;
                break;
            }
            long end = entry is null || entry.Expires <= now ? long.MinValue : entry.Expires;
            if (end < earliest)
                (place, earliest) = (i, end);
        }
        Volatile.Write(ref _entries[place], new Entry(hash, value, expires));
    }

    private int First(UInt128 hash) => (int)((uint)hash & _mask) * Ways;

    private sealed class Entry(UInt128 hash, T value, long expires)
    {
        public UInt128 Hash { get; } = hash;

        public T Value { get; } = value;

        public long Expires { get; } = expires;
    }
}
