using Sluice.Configuration;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>By a field of the request.</summary>
internal sealed class FieldFilter(ValueMatch match, int place) : RecordFilter
{
    private readonly ValuePredicate _predicate = new(match);

    public override bool Passes(RequestRecord record, Worker worker) =>
        record.TryGet(record.RequestField(place), out var value) && _predicate.Accepts(value);
}
