using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Telemetry;

/// <summary>Counters of one worker: written by it without synchronisation, read by whoever sums them up.</summary>
internal sealed class WorkerMetrics
{
    private readonly long[] _refused = new long[Enum.GetValues<HttpError>().Length];
    private readonly long[] _badResponses = new long[Enum.GetValues<HttpError>().Length];
    private readonly long[] _failures = new long[Enum.GetValues<UpstreamFailure>().Length];

    public long DownstreamAccepted;
    public long DownstreamClosed;
    public long ConnectionsOverLimit;
    public long DescriptorsExhausted;
    public long ClientAborts;
    public long UpstreamConnects;
    public long UpstreamReplays;
    public long Faults;

    public ReadOnlySpan<long> Refused => _refused;

    public ReadOnlySpan<long> BadResponses => _badResponses;

    public ReadOnlySpan<long> Failures => _failures;

    public void CountRefused(HttpError error) => _refused[(int)error]++;

    public void CountBadResponse(HttpError error) => _badResponses[(int)error]++;

    public void CountFailure(UpstreamFailure failure) => _failures[(int)failure]++;
}
