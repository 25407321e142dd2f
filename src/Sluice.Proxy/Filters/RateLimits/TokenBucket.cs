using System.Runtime.InteropServices;

namespace Sluice.Proxy.Filters.RateLimits;

/// <summary>
/// A bucket that all workers take from. Its whole state is one number of 64 bits: how many fills have been counted, and how many tokens
/// there are. A request changes it by one compare-and-exchange, so no token is ever lost or given twice, whatever the workers do at the
/// same time; a request that finds nothing writes nothing, so a flood over the limit does not even move the cache line about.
/// </summary>
/// <remarks>
/// Shares per worker would avoid the exchange (about 20 ns, and more while workers meet), at the price of limits that are only
/// right on average: one connection lives on one worker, so with few clients most shares would lie idle.
/// </remarks>
internal sealed class TokenBucket
{
    private readonly long _interval;
    private readonly int _tokensPerFill;
    private readonly long _started;
    private State _state;

    /// <param name="maxTokens">How much it holds, and begins with.</param>
    /// <param name="tokensPerFill">How many come with a fill.</param>
    /// <param name="interval">Milliseconds between fills.</param>
    /// <param name="now">Milliseconds on the workers' clock: when it begins.</param>
    public TokenBucket(int maxTokens, int tokensPerFill, long interval, long now)
    {
        MaxTokens = maxTokens;
        _tokensPerFill = tokensPerFill;
        _interval = interval;
        _started = now;
        _state.Value = Pack(0, (uint)maxTokens);
    }

    public int MaxTokens { get; }

    /// <summary>Takes a token.</summary>
    /// <param name="now">Milliseconds on the worker's clock; workers' clocks may be a little apart.</param>
    /// <param name="remaining">Tokens that are left.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTake(long now, out int remaining)
    {
        long seen = Volatile.Read(ref _state.Value);
        while (true)
        {
            (uint fills, uint tokens) = Filled(seen, now);
            if (tokens == 0)
            {
                remaining = 0;
                return false;
            }
            long before = Interlocked.CompareExchange(ref _state.Value, Pack(fills, tokens - 1), seen);
            if (before == seen)
            {
                remaining = (int)(tokens - 1);
                return true;
            }
            seen = before;
        }
    }

    /// <summary>Milliseconds until tokens come.</summary>
    public long UntilFill(long now)
    {
        long elapsed = Math.Max(0, now - _started);
        return _interval - (elapsed % _interval);
    }

    // What the state is worth now. A clock that is behind the last one counts as that one.
    private (uint Fills, uint Tokens) Filled(long state, long now)
    {
        uint fills = (uint)(state >> 32);
        uint tokens = (uint)state;
        long due = Math.Max(0, now - _started) / _interval;
        if (due <= fills)
            return (fills, tokens);
        UInt128 grown = tokens + ((UInt128)(ulong)(due - fills) * (uint)_tokensPerFill);
        return ((uint)due, grown >= (uint)MaxTokens ? (uint)MaxTokens : (uint)grown);
    }

    // 32 bits of fills of 50 ms or more last for six years.
    private static long Pack(uint fills, uint tokens) => (long)(((ulong)fills << 32) | tokens);

    // Alone on its cache lines, so that taking tokens disturbs nothing else.
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private struct State
    {
        [FieldOffset(128)]
        public long Value;
    }
}
