using System.Runtime.CompilerServices;

namespace Sluice.Proxy.Http2;

/// <summary>
/// Counts what a peer may do now and then but not all the time. Counters begin anew every <see cref="Interval"/>; frames that
/// do real work (heads and data, either way) earn room for more control frames, as busy connections need more of them.
/// </summary>
internal struct AbuseMeter
{
    /// <summary>Milliseconds over which is counted.</summary>
    public const long Interval = 10_000;

    /// <summary>Control frames of one kind that one frame of real work earns.</summary>
    private const int Earned = 10;

    private Counters _counters;
    private long _since;
    private int _work;
    private int _served;

    /// <summary>A frame that did something for a request or response.</summary>
    public void Work() => _work++;

    /// <summary>A response has gone out whole.</summary>
    public void Served() => _served++;

    /// <summary>Counts one more of a kind against its limit; false when it is exceeded.</summary>
    public bool TryCount(Http2Fault kind, ProxyLimits limits, long now)
    {
        if (now - _since >= Interval)
        {
            _since = now;
            _work = _served = 0;
            _counters = default;
        }

        var allowed = kind switch
        {
            Http2Fault.RapidReset => limits.Http2ClientResets + _served,
            Http2Fault.ProvokedResets => limits.Http2ProvokedResets,
            Http2Fault.SettingsFlood => limits.Http2SettingsFrames,
            _ => limits.Http2ControlFrames + Math.Min(_work, int.MaxValue / Earned / 2) * Earned,
        };
        return ++_counters[kind - Http2Fault.RapidReset] <= allowed;
    }

    [InlineArray(Http2Fault.StrayFrameFlood - Http2Fault.RapidReset + 1)]
    private struct Counters
    {
        private int _first;
    }
}
