using Sluice.Proxy.Engine;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>Requests whose trace is sampled.</summary>
internal sealed class SampledFilter : RecordFilter
{
    public override bool Passes(RequestRecord record, Worker worker) => record.Trace.IsSampled;
}
