using Sluice.Configuration;
using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Telemetry;

/// <summary>What is counted per listener. Lives on while any configuration names the listener; one cell per worker.</summary>
/// <param name="gateway">As "namespace/name".</param>
/// <param name="listener">Its name in the configuration.</param>
/// <param name="workers">How many there are.</param>
/// <param name="rules">The rules of the listener's Gateway.</param>
/// <param name="group">Where the listener is counted when it has no series of its own.</param>
internal sealed class ListenerMetrics(string gateway, string listener, int workers, RuleMetricsBook rules, ListenerMetrics? group = null)
{
    private readonly ListenerCounters?[] _workers = group is null ? new ListenerCounters?[workers] : [];

    public string Gateway { get; } = gateway;

    public string Listener { get; } = listener;

    /// <summary>Whether it has series of its own.</summary>
    public bool IsNamed => group is null;

    /// <summary>What the listener speaks now; decides which series it has from the beginning.</summary>
    public ListenerProtocol Protocol { get; set; }

    /// <summary>The rules of the listener's Gateway.</summary>
    public RuleMetricsBook Rules { get; } = rules;

    public ListenerCounters For(Worker worker) => group is null ? _workers[worker.Index] ??= new ListenerCounters() : group.For(worker);

    /// <summary>The sum over the workers.</summary>
    public ListenerCounters Sum()
    {
        var sum = new ListenerCounters();
        foreach (var counters in _workers)
        {
            if (counters is not null)
                sum.Add(counters);
        }

        return sum;
    }
}
