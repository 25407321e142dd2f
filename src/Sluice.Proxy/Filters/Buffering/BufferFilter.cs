using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Filters.Buffering;

/// <summary>Refuses requests that say that they are too large, and tells the exchange how much of the others it may take in.</summary>
internal sealed class BufferFilter(BufferPolicy policy) : IRequestFilter
{
    public static FilterDenial Denial { get; } = new(413, "request_payload_too_large", "Payload Too Large");

    public string Name => "buffer";

    public FilterStage Stage => FilterStage.Route;

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
