using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Buffering;

/// <summary>Refuses requests that say that they are too large, and tells the exchange how much of the others it may take in.</summary>
internal sealed class BufferFilter(BufferPolicy policy) : IRequestFilter
{
    public const string FilterName = "buffer";

    /// <summary>The largest limit: 1 GiB. All of a request is kept in memory.</summary>
    public const long MaxLimit = 1L << 30;

    public static FilterDenial Denial { get; } = new(413, "request_payload_too_large", "Payload Too Large") { GrpcStatus = GrpcStatus.ResourceExhausted };

    public string Name => FilterName;

    public FilterStage Stage => FilterStage.Route;

    /// <summary>Null when the limit can be used.</summary>
    public static string? Problem(BufferPolicy policy) =>
        policy.MaxRequestBytes is >= 0 and <= MaxLimit ? null : $"maxRequestSize {policy.MaxRequestBytes} must be from 0 to {MaxLimit} octets";

    public FilterVerdict Apply(RequestHead head, FilterContext context)
    {
        // A tunnel has no end that could be waited for.
        if (head.IsWebSocketUpgrade)
            return FilterVerdict.Continue;
        if (head.ContentLength > policy.MaxRequestBytes)
            return context.Deny(Denial);
        context.MaxRequestBytes = policy.MaxRequestBytes;
        return FilterVerdict.Continue;
    }
}
