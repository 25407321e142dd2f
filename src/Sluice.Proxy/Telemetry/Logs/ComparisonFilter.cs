using System.Diagnostics;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>By the status code, or by the duration in milliseconds.</summary>
internal sealed class ComparisonFilter(FilterComparison comparison, long bound, bool isDuration) : RecordFilter
{
    public override bool Passes(RequestRecord record, Worker worker)
    {
        var value = isDuration ? (record.Ended - record.Started) / (Stopwatch.Frequency / 1000) : record.StatusCode;
        return comparison switch
        {
            FilterComparison.AtLeast => value >= bound,
            FilterComparison.AtMost => value <= bound,
            _ => value == bound,
        };
    }
}
