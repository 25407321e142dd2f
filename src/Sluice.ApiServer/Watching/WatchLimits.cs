namespace Sluice.ApiServer.Watching;

/// <summary>Bounds and times of watches.</summary>
public sealed record WatchLimits
{
    public static WatchLimits Default { get; } = new();

    /// <summary>Watches at a time; more are answered with 429. Default 4,096.</summary>
    public int MaxWatches { get; init; } = 4096;

    /// <summary>How often a watch that wants bookmarks gets one when nothing changes. Default 1 minute.</summary>
    public TimeSpan BookmarkInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a watch lasts that does not say. Default 30 minutes; up to as much again is added by chance, so that not all end at once.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A client that takes nothing of a watch, or of a long list, for so long is cut. Default 1 minute.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
