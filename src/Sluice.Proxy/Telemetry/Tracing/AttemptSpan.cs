using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Telemetry.Tracing;

/// <summary>One attempt at a backend.</summary>
internal struct AttemptSpan
{
    public ulong Span;

    /// <summary>Timestamps; 0: not over.</summary>
    public long Started;
    public long Ended;
    public WorkerEndpoint? Endpoint;
    public UpstreamFailure? Failure;

    /// <summary>0: no response.</summary>
    public int StatusCode;
}
