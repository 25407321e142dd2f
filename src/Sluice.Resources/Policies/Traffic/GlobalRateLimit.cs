using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Traffic;

/// <summary>A limit that a service keeps for all proxies.</summary>
public sealed record GlobalRateLimit
{
    /// <summary>A GatewayExtension with rateLimit.</summary>
    public required ExtensionReference ExtensionRef { get; init; }

    /// <summary>Any of them over its limit refuses the request.</summary>
    public IReadOnlyList<RateLimitDescriptor> Descriptors { get; init; } = [];
}
