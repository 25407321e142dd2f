using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>Requests with one of some flags; none: with any.</summary>
internal sealed class FlagFilter(ResponseFlags flags) : RecordFilter
{
    public override bool Passes(RequestRecord record, Worker worker) =>
        (flags == ResponseFlags.None ? record.Flags : record.Flags & flags) != ResponseFlags.None;
}
