namespace Sluice.Proxy.Telemetry;

/// <content>What filters of policies refused. A series appears with its first.</content>
internal sealed partial class MetricsWriter
{
    private void WriteFilters()
    {
        var names = FilterCounters.Names;
        Header("sluice_http_filter_denied_total", "counter", "Requests that a filter of a policy answered in the backend's place, by filter and reason.");
        foreach (var ((filter, reason), place) in names)
            WriteFilter($"sluice_http_filter_denied_total{{filter=\"{Escape(filter)}\",reason=\"{Escape(reason)}\"}}", counters => counters.Denied[place]);
        Header("sluice_http_filter_shadowed_total", "counter", "Requests that a filter would have refused, had its policy not said to note them only, by reason.");
        foreach (var ((_, reason), place) in names)
            WriteFilter($"sluice_http_filter_shadowed_total{{reason=\"{Escape(reason)}\"}}", counters => counters.Shadowed[place]);
    }

    private void WriteFilter(string series, Func<FilterCounters, long> value)
    {
        var sum = workers.Sum(worker => value(worker.Filters));
        if (sum > 0)
            Sample(series, sum);
    }
}
