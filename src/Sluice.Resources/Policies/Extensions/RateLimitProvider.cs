using Sluice.Resources.Policies.Common;

namespace Sluice.Resources.Policies.Extensions;

/// <summary>A server of Envoy's rate limit service.</summary>
public sealed record RateLimitProvider
{
    /// <summary>The server.</summary>
    public required GrpcServiceSettings GrpcService { get; init; }

    /// <summary>The domain of the limits.</summary>
    public required string Domain { get; init; }

    /// <summary>Whether requests pass when it cannot be asked.</summary>
    public bool FailOpen { get; init; } = true;

    /// <summary>How long it may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether clients are told.</summary>
    public string XRateLimitHeaders { get; init; } = "Off";
}
