namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>
/// Renewals of tokens by what they are renewed with: however many requests come with one refresh token, the provider sees it once, as it
/// may be good for one time only. Safe for several threads.
/// </summary>
/// <param name="clock">Tells what is old.</param>
internal sealed class OAuth2Refreshes(TimeProvider clock)
{
    /// <summary>Renewals that are remembered; more requests get 503.</summary>
    public const int Capacity = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, Entry> _entries = [];

    /// <summary>For so long requests with the old token, which were on their way, get the new ones: 30 s.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromSeconds(30);

    /// <summary>For so long a failure is not tried again: 1 s.</summary>
    public static TimeSpan KeptFailure { get; } = TimeSpan.FromSeconds(1);

    /// <param name="token">Hash of the refresh token.</param>
    /// <param name="renew">Asks the provider; never fails.</param>
    /// <returns>Null when there are too many.</returns>
    public Task<OAuth2Outcome>? Run(UInt128 token, Func<Task<OAuth2Outcome>> renew)
    {
        lock (_lock)
        {
            long now = clock.GetTimestamp();
            if (_entries.TryGetValue(token, out Entry? known) && now < Volatile.Read(ref known.Until))
                return known.Task;
            if (_entries.Count >= Capacity)
                Sweep(now);
            if (_entries.Count >= Capacity)
                return null;
            var entry = new Entry();
            _entries[token] = entry;
            return entry.Task = Task.Run(() => RunAsync(entry, renew));
        }
    }

    private async Task<OAuth2Outcome> RunAsync(Entry entry, Func<Task<OAuth2Outcome>> renew)
    {
        OAuth2Outcome outcome = await renew().ConfigureAwait(false);
        TimeSpan kept = outcome.Denial is null ? Kept : KeptFailure;
        Volatile.Write(ref entry.Until, clock.GetTimestamp() + (long)(kept.TotalSeconds * clock.TimestampFrequency));
        return outcome;
    }

    private void Sweep(long now)
    {
        foreach ((UInt128 token, Entry entry) in _entries)
        {
            if (now >= Volatile.Read(ref entry.Until))
                _entries.Remove(token);
        }
    }

    private sealed class Entry
    {
        /// <summary>On the clock; not before it is complete.</summary>
        public long Until = long.MaxValue;

        public Task<OAuth2Outcome> Task { get; set; } = null!;
    }
}
