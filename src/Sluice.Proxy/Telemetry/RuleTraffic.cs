namespace Sluice.Proxy.Telemetry;

/// <summary>What one rule of a route has served at one listener since its first request. Counts only grow.</summary>
public sealed record RuleTraffic
{
    /// <summary>Upper bounds of <see cref="Buckets"/> in milliseconds; one bucket more is for what took longer.</summary>
    public static IReadOnlyList<double> BucketBounds => RequestCounters.Bounds;

    /// <summary>As "namespace/name".</summary>
    public required string Gateway { get; init; }

    /// <summary>Its name in the configuration.</summary>
    public required string Listener { get; init; }

    /// <summary>As "HTTPRoute/namespace/name".</summary>
    public required string Route { get; init; }

    /// <summary>The rule's name, or its index.</summary>
    public required string Rule { get; init; }

    /// <summary>Requests that have begun.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests that have begun and not ended.</summary>
    public required long Active { get; init; }

    /// <summary>Responses by class of the status code, 1xx to 5xx.</summary>
    public required IReadOnlyList<long> Classes { get; init; }

    /// <summary>Attempts after the first.</summary>
    public required long Retries { get; init; }

    /// <summary>Bytes of bodies and tunnels from clients.</summary>
    public required long ReceivedBytes { get; init; }

    /// <summary>Bytes of bodies and tunnels for clients.</summary>
    public required long SentBytes { get; init; }

    /// <summary>Requests that have ended, by duration; not cumulative.</summary>
    public required IReadOnlyList<long> Buckets { get; init; }

    internal static RuleTraffic Of(RuleMetrics rule)
    {
        var sum = rule.Sum();
        return new RuleTraffic
        {
            Gateway = rule.Gateway,
            Listener = rule.Key.Listener,
            Route = rule.Key.Route,
            Rule = rule.Key.Rule,
            Requests = sum.Begun,
            Active = sum.Active,
            Classes = sum.Classes,
            Retries = sum.Retries,
            ReceivedBytes = sum.ReceivedBytes,
            SentBytes = sum.SentBytes,
            Buckets = sum.Buckets,
        };
    }
}
