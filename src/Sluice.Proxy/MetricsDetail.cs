namespace Sluice.Proxy;

/// <summary>How much is counted of requests, and how many series that makes.</summary>
public enum MetricsDetail
{
    /// <summary>Nothing: connections, backends and refusals are counted, requests are not.</summary>
    Off,

    /// <summary>By Gateway and listener. Rules are counted too, but are not among the metrics. The default.</summary>
    Listener,

    /// <summary>By Gateway, listener, route and rule as well: some thirty series for every rule that has had a request.</summary>
    Route,
}
