namespace Sluice.Exporter.Monitoring.Dashboards;

/// <summary>
/// Parts of queries. Every query groups by the labels that it shows: what two exporters tell alike, or one tells under two instances
/// while it is replaced, counts once.
/// </summary>
internal static class Promql
{
    /// <summary>Labels that tell objects with a namespace apart.</summary>
    public const string Identity = "cluster, namespace, name";

    /// <summary>A selector of series of the chosen clusters.</summary>
    public static string Series(string metric, params IReadOnlyList<string> matchers) =>
        $"{metric}{{{string.Join(",", ["cluster=~\"$cluster\"", .. matchers])}}}";

    /// <summary>1 for each set of the labels.</summary>
    public static string Group(string labels, string series) => $"group by ({labels}) ({series})";

    /// <summary>How many sets of the labels there are.</summary>
    public static string CountOf(string labels, string series) => $"count({Group(labels, series)})";

    /// <summary>The worst that is said of each set of the labels.</summary>
    public static string Worst(string labels, string series) => $"min by ({labels}) ({series})";

    public static string Sum(string labels, string series) => labels.Length == 0 ? $"sum({series})" : $"sum by ({labels}) ({series})";

    public static string Rate(string series) => $"rate({series}[$__rate_interval])";

    /// <summary>The rate of a counter, summed.</summary>
    public static string SumRate(string labels, string series) => Sum(labels, Rate(series));

    /// <param name="quantile">Such as "0.99".</param>
    /// <param name="buckets">A selector of the histogram's buckets.</param>
    /// <param name="labels">That lines differ by, each followed by a comma.</param>
    public static string Quantile(string quantile, string buckets, string labels = "") =>
        $"histogram_quantile({quantile}, sum by ({labels}le) (rate({buckets}[$__rate_interval])))";
}
