using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Telemetry;

/// <summary>What is counted of one rule of one route at one listener, from its first request on; one cell per worker.</summary>
/// <param name="key">Which rule.</param>
/// <param name="gateway">As "namespace/name".</param>
/// <param name="workers">How many there are.</param>
internal sealed class RuleMetrics(RuleKey key, string gateway, int workers)
{
    private readonly RequestCounters?[] _workers = new RequestCounters?[workers];

    public RuleKey Key { get; } = key;

    public string Gateway { get; } = gateway;

    /// <summary>The number of the last look at what is in force that found the rule; see <see cref="RuleMetricsBook"/>.</summary>
    public int SeenAt { get; set; }

    public RequestCounters For(Worker worker) => _workers[worker.Index] ??= new RequestCounters();

    /// <summary>The sum over the workers.</summary>
    public RequestCounters Sum()
    {
        var sum = new RequestCounters();
        foreach (var counters in _workers)
        {
            if (counters is not null)
                sum.Add(counters);
        }

        return sum;
    }
}
