using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>A share of the requests.</summary>
internal sealed class ShareFilter(SampleFilter filter) : RecordFilter
{
    private readonly uint _numerator = (uint)filter.Numerator;
    private readonly uint _denominator = (uint)Math.Max(1, filter.Denominator);
    private readonly bool _isIndependent = filter.IsIndependent;

    public override bool Passes(RequestRecord record, Worker worker) => (_isIndependent ? worker.Random.Next() : Draw(record, worker)) % _denominator < _numerator;

    /// <summary>The same for the same request id: what a client sends twice under one id is in twice, or not at all.</summary>
    private static uint Draw(RequestRecord record, Worker worker)
    {
        if (!record.TryGet(record.RequestIdField, out var id))
            return record.RequestId == default ? worker.Random.Next() : (uint)(record.RequestId.Low >> 32);
        ulong hash = 14695981039346656037;
        foreach (var octet in id)
            hash = (hash ^ octet) * 1099511628211;
        return (uint)(hash ^ (hash >> 32));
    }
}
