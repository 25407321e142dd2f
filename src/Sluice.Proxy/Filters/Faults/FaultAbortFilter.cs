using System.Globalization;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Faults;

/// <summary>Answers a share of the requests in the backend's place.</summary>
internal sealed class FaultAbortFilter : IRequestFilter
{
    private const string Reason = "fault_filter_abort";

    private readonly int _percentage;
    private readonly ActiveFaults _active;
    private readonly FilterDenial _denial;

    public FaultAbortFilter(FaultAbort abort, ActiveFaults active)
    {
        _percentage = abort.Percentage;
        _active = active;

        // A client that does not speak gRPC gets the status of HTTP that stands for it; 200 would tell it of success.
        _denial = abort.GrpcStatus is { } grpc
            ? new FilterDenial(503, Reason, string.Create(CultureInfo.InvariantCulture, $"fault: gRPC status {grpc}")) { GrpcStatus = grpc }
            : new FilterDenial(abort.HttpStatus!.Value, Reason, "fault filter abort");
    }

    public string Name => "faultAbort";

    public FilterStage Stage => FilterStage.Fault;

    public FilterVerdict Apply(RequestHead head, FilterContext context) =>
        context.Draw(_percentage) && _active.TryBegin(context) ? context.Deny(_denial) : FilterVerdict.Continue;
}
