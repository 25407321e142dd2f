namespace Sluice.Configuration.Policies;

/// <summary>A key set that is fetched over HTTP.</summary>
public sealed record RemoteJwks
{
    public static TimeSpan DefaultCacheDuration { get; } = TimeSpan.FromMinutes(5);

    public static TimeSpan DefaultFailedRefetchDuration { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Absolute, http or https.</summary>
    public required string Url { get; init; }

    /// <summary>The cluster that is asked.</summary>
    public required string Cluster { get; init; }

    /// <summary>After this the set is fetched again. Default 5 min.</summary>
    public TimeSpan CacheDuration { get; init; } = DefaultCacheDuration;

    /// <summary>Fetched when the configuration comes, instead of with the first request. Default false.</summary>
    public bool AsyncFetch { get; init; }

    /// <summary>Pause after a fetch that failed. Default 1 s.</summary>
    public TimeSpan FailedRefetchDuration { get; init; } = DefaultFailedRefetchDuration;
}
