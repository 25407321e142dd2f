using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Extensions;

/// <summary>A server of Envoy's rate limit quota service.</summary>
public sealed record RateLimitQuotaProvider
{
    /// <summary>The server.</summary>
    public required GrpcServiceSettings GrpcService { get; init; }

    /// <summary>The domain of the quotas.</summary>
    public required string Domain { get; init; }
}
