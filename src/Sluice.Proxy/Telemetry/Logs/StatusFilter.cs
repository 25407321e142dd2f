using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Logs;

/// <summary>Requests of gRPC by their status.</summary>
internal sealed class StatusFilter(GrpcStatusFilter filter) : RecordFilter
{
    private readonly int[] _statuses = [.. filter.Statuses];
    private readonly bool _exclude = filter.Exclude;

    public override bool Passes(RequestRecord record, Worker worker)
    {
        if (!record.IsGrpc)
            return false;
        var status = record.GrpcStatus >= 0 ? record.GrpcStatus : GrpcStatus.OfHttp(record.StatusCode);
        return Array.IndexOf(_statuses, status) >= 0 != _exclude;
    }
}
