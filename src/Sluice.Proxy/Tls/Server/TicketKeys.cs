namespace Sluice.Proxy.Tls.Server;

/// <summary>
/// The keys of one listener's session tickets, shared by all workers and by all its contexts, and kept over changes of its
/// configuration. New ones come every twelve hours; the two before are still accepted, so a ticket lives for a day at least and a
/// day and a half at most. Made when the first ticket is.
/// </summary>
internal sealed class TicketKeys
{
    /// <summary>Milliseconds.</summary>
    internal const long Lifetime = 12 * 60 * 60 * 1000;

    private const int Accepted = 3;

    private readonly Lock _lock = new();
    private volatile TicketKey[] _keys = []; // The newest first.
    private long _renewAt = long.MinValue;

    /// <summary>The key for new tickets.</summary>
    /// <param name="now">Milliseconds of a clock that never goes back.</param>
    public TicketKey Current(long now)
    {
        if (now >= Volatile.Read(ref _renewAt))
            Renew(now);
        return _keys[0];
    }

    /// <summary>The key with this name, if it is still accepted, and whether it is the newest.</summary>
    public TicketKey? Find(ReadOnlySpan<byte> name, long now, out bool isCurrent)
    {
        if (now >= Volatile.Read(ref _renewAt))
            Renew(now);
        var keys = _keys;
        isCurrent = false;
        for (var i = 0; i < keys.Length; i++)
        {
            if (!name.SequenceEqual(keys[i].Name))
                continue;
            isCurrent = i == 0;
            return keys[i];
        }

        return null;
    }

    private void Renew(long now)
    {
        lock (_lock)
        {
            if (now < _renewAt)
                return;

            // After a pause in which nobody came, the old ones have had their time too.
            var missed = _renewAt == long.MinValue ? Accepted : Math.Min((now - _renewAt) / Lifetime, Accepted);
            var kept = Math.Max(0, Accepted - 1 - (int)missed);
            _keys = [new TicketKey(), .. _keys.Take(kept)];
            Volatile.Write(ref _renewAt, now + Lifetime);
        }
    }
}
