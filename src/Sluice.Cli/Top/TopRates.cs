using System.Text.Json.Serialization;
using Sluice.Controller.Reports;

namespace Sluice.Cli.Top;

/// <summary>What rules of routes have done between two looks at their counts.</summary>
internal sealed record TopRates
{
    /// <summary>Between the two looks.</summary>
    public required double Seconds { get; init; }

    /// <summary>Rules with anything to show, in the order that was asked for.</summary>
    public required IReadOnlyList<TopRow> Rows { get; init; }

    /// <summary>Rules that had requests before, and none between the two looks.</summary>
    public required int IdleRules { get; init; }

    [JsonIgnore]
    public double RequestsPerSecond => Rows.Sum(row => row.RequestsPerSecond);

    [JsonIgnore]
    public double ErrorsPerSecond => Rows.Sum(row => row.ErrorsPerSecond);

    /// <summary>The difference of two looks at the same instance, the later one later.</summary>
    public static TopRates Between(TopReport before, TopReport after, TopSort sort)
    {
        var seconds = Math.Max(after.At - before.At, 1) / 1000.0;
        var known = new Dictionary<(string, string, string, string), TopRouteReport>();
        foreach (var route in before.Routes)
            known[Key(route)] = route;
        TopRow[] rows = [.. after.Routes.Select(route => Row(known.GetValueOrDefault(Key(route)), route, after.BucketBounds, seconds))];
        return new TopRates
        {
            Seconds = seconds,
            Rows = [.. rows.Where(row => !row.IsIdle).OrderByDescending(row => Order(row, sort)).ThenBy(row => row.Route, StringComparer.Ordinal).ThenBy(row => row.Rule, StringComparer.Ordinal)],
            IdleRules = rows.Count(row => row.IsIdle),
        };
    }

    private static (string, string, string, string) Key(TopRouteReport route) => (route.Gateway, route.Listener, route.Route, route.Rule);

    private static double Order(TopRow row, TopSort sort) => sort switch
    {
        TopSort.Errors => row.ErrorsPerSecond,
        TopSort.Latency => row.P99Milliseconds ?? -1,
        TopSort.Bytes => row.BytesPerSecond,
        _ => row.RequestsPerSecond,
    };

    private static TopRow Row(TopRouteReport? before, TopRouteReport after, IReadOnlyList<double> bounds, double seconds)
    {
        // One that was gone in between has begun anew.
        if (before?.Requests > after.Requests)
            before = null;
        long[] buckets = [.. after.Buckets.Select((count, i) => count - (before?.Buckets.ElementAtOrDefault(i) ?? 0))];
        return new TopRow
        {
            Route = after.Route,
            Rule = after.Rule,
            Gateway = after.Gateway,
            Listener = after.Listener,
            RequestsPerSecond = (after.Requests - (before?.Requests ?? 0)) / seconds,
            ErrorsPerSecond = (after.Classes.ElementAtOrDefault(4) - (before?.Classes.ElementAtOrDefault(4) ?? 0)) / seconds,
            RetriesPerSecond = (after.Retries - (before?.Retries ?? 0)) / seconds,
            P50Milliseconds = Quantile(0.5, buckets, bounds),
            P99Milliseconds = Quantile(0.99, buckets, bounds),
            ReceivedBytesPerSecond = (after.ReceivedBytes - (before?.ReceivedBytes ?? 0)) / seconds,
            SentBytesPerSecond = (after.SentBytes - (before?.SentBytes ?? 0)) / seconds,
            Active = after.Active,
        };
    }

    /// <summary>Linear within the bucket, as Prometheus estimates it; the highest bound for what lies above it.</summary>
    internal static double? Quantile(double quantile, IReadOnlyList<long> buckets, IReadOnlyList<double> bounds)
    {
        var total = buckets.Sum();
        if (total <= 0)
            return null;
        var rank = quantile * total;
        long below = 0;
        for (var i = 0; i < bounds.Count && i < buckets.Count; i++)
        {
            if (buckets[i] > 0 && below + buckets[i] >= rank)
            {
                var start = i == 0 ? 0 : bounds[i - 1];
                return start + ((bounds[i] - start) * Math.Clamp((rank - below) / buckets[i], 0, 1));
            }

            below += buckets[i];
        }

        return bounds[^1];
    }
}
