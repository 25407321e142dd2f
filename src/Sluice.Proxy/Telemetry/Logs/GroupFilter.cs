using Sluice.Proxy.Engine;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>What passes all of some filters, or any.</summary>
internal sealed class GroupFilter(RecordFilter[] filters, bool all) : RecordFilter
{
    public override bool Passes(RequestRecord record, Worker worker)
    {
        foreach (var filter in filters)
        {
            if (filter.Passes(record, worker) != all)
                return !all;
        }

        return all;
    }
}
