namespace Sluice.Proxy.Telemetry;

/// <summary>
/// Decides which listeners have series of their own: the first so many of the process. All others, thousands perhaps, are counted
/// together, so that the number of series does not follow the number of ListenerSets, and so that a listener that goes takes nothing
/// from a sum. Used by one change at a time.
/// </summary>
internal sealed class ListenerMetricsBook(int workers)
{
    /// <summary>Listeners with series of their own.</summary>
    public const int MaxListeners = 32;

    /// <summary>Gateway and listener of the others; no name of an object can be the same.</summary>
    public const string OthersName = "(others)";

    private int _named;

    /// <summary>Those without series of their own.</summary>
    public ListenerMetrics Others { get; } = new(OthersName, OthersName, workers, new RuleMetricsBook(workers));

    /// <summary>Whether there was ever a listener without series of its own.</summary>
    public bool HasOthers { get; private set; }

    public ListenerMetrics Add(string gateway, string listener, RuleMetricsBook rules)
    {
        if (_named < MaxListeners)
        {
            _named++;
            return new ListenerMetrics(gateway, listener, workers, rules);
        }

        HasOthers = true;
        return new ListenerMetrics(gateway, listener, workers, rules, Others);
    }

    public void Remove(ListenerMetrics listener)
    {
        if (listener.IsNamed)
            _named--;
    }
}
