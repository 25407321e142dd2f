using System.Numerics;
using Sluice.Configuration;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Routing;

/// <summary>
/// Finds the entries whose path matches without trying each: one hash lookup for the exact path, one for each prefix of the
/// path that ends at a "/" and has a length that occurs, and the regular expressions one by one. Entries are named by rank,
/// their place in the order of precedence. Whatever that order is, the result is the lowest rank that matches: every bucket
/// is a chain of ascending ranks that is left as soon as the rank found so far is lower. Immutable; no lookup allocates.
/// </summary>
internal sealed class PathIndex
{
    /// <summary>Exact and prefix keys of the same octets live in different chains.</summary>
    private const uint ExactMark = 0x5F3759DF;

    private readonly Slot[] _slots;
    private readonly int[] _next;
    private readonly int[] _patterns;
    private readonly int _rootFirst = -1;
    private readonly int _lowestPrefix = int.MaxValue;
    private readonly int _maxExactLength = -1;
    private readonly int _maxPrefixLength = -1;

    /// <summary>Bit n: some key has a length of n modulo 64.</summary>
    private readonly ulong _exactLengths;
    private readonly ulong _prefixLengths;

    public PathIndex(RuntimeEntry[] entries)
    {
        _slots = new Slot[BitOperations.RoundUpToPowerOf2((uint)(entries.Length + entries.Length / 2 + 1))];
        _next = new int[entries.Length];
        var patterns = new List<int>();
        // From the last to the first, each put in front of its chain.
        for (int rank = entries.Length - 1; rank >= 0; rank--)
        {
            RuntimeEntry entry = entries[rank];
            int length = entry.Path.Length;
            _next[rank] = -1;
            switch (entry.PathType)
            {
                case PathMatchType.RegularExpression:
                    patterns.Insert(0, rank);
                    break;
                case PathMatchType.Exact:
                    _maxExactLength = Math.Max(_maxExactLength, length);
                    _exactLengths |= 1UL << (length & 63);
                    Add(entries, rank, ByteHash.Of(entry.Path) ^ ExactMark);
                    break;
                default:
                    _maxPrefixLength = Math.Max(_maxPrefixLength, length);
                    _lowestPrefix = rank;
                    if (length == 0)
                    {
                        _next[rank] = _rootFirst;
                        _rootFirst = rank;
                    }
                    else
                    {
                        _prefixLengths |= 1UL << (length & 63);
                        Add(entries, rank, ByteHash.Of(entry.Path));
                    }
                    break;
            }
        }
        _patterns = [.. patterns];
    }

    /// <summary>The lowest rank whose match holds, or -1.</summary>
    public int Find(RuntimeEntry[] entries, RequestHead head)
    {
        ReadOnlySpan<byte> path = head.Path;
        int best = int.MaxValue;
        if (path.Length <= _maxExactLength && (_exactLengths >> (path.Length & 63) & 1) != 0)
            best = Scan(entries, head, First(entries, path, PathMatchType.Exact, ByteHash.Of(path) ^ ExactMark), best);
        if (_lowestPrefix < best)
            best = FindPrefix(entries, head, path, best);
        foreach (int rank in _patterns)
        {
            if (rank >= best)
                break;
            if (entries[rank].MatchesPath(path) && entries[rank].MatchesRest(head))
            {
                best = rank;
                break;
            }
        }
        return best == int.MaxValue ? -1 : best;
    }

    private int FindPrefix(RuntimeEntry[] entries, RequestHead head, ReadOnlySpan<byte> path, int best)
    {
        // Longest first, because those have the lower ranks.
        int length = path.Length > _maxPrefixLength ? path[..(_maxPrefixLength + 1)].LastIndexOf((byte)'/') : path.Length;
        while (length > 0)
        {
            if ((_prefixLengths >> (length & 63) & 1) != 0)
            {
                ReadOnlySpan<byte> prefix = path[..length];
                best = Scan(entries, head, First(entries, prefix, PathMatchType.PathPrefix, ByteHash.Of(prefix)), best);
            }
            length = path[..length].LastIndexOf((byte)'/');
        }
        return length == 0 ? Scan(entries, head, _rootFirst, best) : best;
    }

    private int Scan(RuntimeEntry[] entries, RequestHead head, int rank, int best)
    {
        while (rank >= 0 && rank < best)
        {
            if (entries[rank].MatchesRest(head))
                return rank;
            rank = _next[rank];
        }
        return best;
    }

    private int First(RuntimeEntry[] entries, ReadOnlySpan<byte> key, PathMatchType type, uint hash)
    {
        Slot[] slots = _slots;
        for (uint i = hash; ; i++)
        {
            Slot slot = slots[i & (uint)(slots.Length - 1)];
            if (slot.First == 0)
                return -1;
            if (slot.Hash == hash && IsKey(entries[slot.First - 1], type, key))
                return slot.First - 1;
        }
    }

    private void Add(RuntimeEntry[] entries, int rank, uint hash)
    {
        RuntimeEntry entry = entries[rank];
        uint mask = (uint)(_slots.Length - 1);
        uint i = hash;
        while (_slots[i & mask].First != 0
            && !(_slots[i & mask].Hash == hash && IsKey(entries[_slots[i & mask].First - 1], entry.PathType, entry.Path)))
        {
            i++;
        }
        _next[rank] = _slots[i & mask].First - 1;
        _slots[i & mask] = new Slot { Hash = hash, First = rank + 1 };
    }

    private static bool IsKey(RuntimeEntry entry, PathMatchType type, ReadOnlySpan<byte> key) =>
        entry.PathType == type && key.SequenceEqual(entry.Path);

    /// <summary>First counts from 1; 0 is free.</summary>
    private struct Slot
    {
        public uint Hash;
        public int First;
    }
}
