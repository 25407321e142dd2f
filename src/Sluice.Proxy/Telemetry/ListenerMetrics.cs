using Sluice.Configuration;
using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Telemetry;

/// <summary>What is counted per listener. Lives on while any configuration names the listener; one cell per worker.</summary>
internal sealed class ListenerMetrics(string gateway, string listener, int workers)
{
    private readonly ListenerCounters?[] _workers = new ListenerCounters?[workers];

    public string Gateway { get; } = gateway;

    public string Listener { get; } = listener;

    /// <summary>What the listener speaks now; decides which series it has from the beginning.</summary>
    public ListenerProtocol Protocol { get; set; }

    public ListenerCounters For(Worker worker) => _workers[worker.Index] ??= new ListenerCounters();

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
