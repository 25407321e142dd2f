using Sluice.Proxy.Http;

namespace Sluice.Proxy.Routing;

/// <summary>
/// The entries of one virtual host in the order of precedence. The answer is always the first entry whose match holds; few
/// entries are simply tried, more are found through a <see cref="PathIndex"/>.
/// </summary>
internal readonly struct RouteTable
{
    /// <summary>Up to here trying each is as fast as hashing, and an index would be the larger part of the memory.</summary>
    private const int MaxUnindexed = 6;

    private readonly RuntimeEntry[] _entries;
    private readonly PathIndex? _index;

    private RouteTable(RuntimeEntry[] entries, PathIndex? index)
    {
        _entries = entries;
        _index = index;
    }

    public ReadOnlySpan<RuntimeEntry> Entries => _entries;

    /// <summary>The index of a previous table with the same paths in the same order is shared.</summary>
    public static RouteTable Create(RuntimeEntry[] entries, RouteTable previous = default)
    {
        if (entries.Length <= MaxUnindexed)
            return new RouteTable(entries, null);
        return previous._index is { } index && HaveSamePaths(entries, previous.Entries)
            ? new RouteTable(entries, index)
            : new RouteTable(entries, new PathIndex(entries));
    }

    public RuntimeEntry? Match(RequestHead head)
    {
        if (_index is { } index)
        {
            int rank = index.Find(_entries, head);
            return rank < 0 ? null : _entries[rank];
        }
        ReadOnlySpan<byte> path = head.Path;
        foreach (RuntimeEntry entry in _entries)
        {
            if (entry.MatchesPath(path) && entry.MatchesRest(head))
                return entry;
        }
        return null;
    }

    private static bool HaveSamePaths(ReadOnlySpan<RuntimeEntry> entries, ReadOnlySpan<RuntimeEntry> others)
    {
        if (entries.Length != others.Length)
            return false;
        for (int i = 0; i < entries.Length; i++)
        {
            RuntimeEntry entry = entries[i], other = others[i];
            if (!ReferenceEquals(entry, other) && (entry.PathType != other.PathType || !entry.Path.SequenceEqual(other.Path)))
                return false;
        }
        return true;
    }
}
