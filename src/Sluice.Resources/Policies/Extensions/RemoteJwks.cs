using Sluice.Resources.GatewayApi;

namespace Sluice.Resources.Policies.Extensions;

/// <summary>Keys that are fetched.</summary>
public sealed record RemoteJwks
{
    /// <summary>Where from.</summary>
    public required string Url { get; init; }

    /// <summary>The Service or Backend that is asked.</summary>
    public required BackendObjectReference BackendRef { get; init; }

    /// <summary>How long they are kept.</summary>
    public TimeSpan CacheDuration { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether they are fetched before they are needed.</summary>
    public AsyncFetch? AsyncFetch { get; init; }

    /// <summary>Null: once.</summary>
    public JwksRetry? RetryPolicy { get; init; }
}
