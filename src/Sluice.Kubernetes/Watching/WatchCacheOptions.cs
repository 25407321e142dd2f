using Sluice.Kubernetes.Client;

namespace Sluice.Kubernetes.Watching;

/// <summary>What is watched and how patiently.</summary>
public sealed record WatchCacheOptions
{
    /// <summary>Default all objects of the kind.</summary>
    public ResourceScope Scope { get; init; } = ResourceScope.All;

    /// <summary>
    /// The server ends each watch after this time and up to as much again (chosen at random), so that watches move when servers
    /// come and go. Default 5 minutes.
    /// </summary>
    public TimeSpan MinWatchTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A watch without event or bookmark for so long is cut and resumed. API servers send bookmarks every minute. Default 3 minutes.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>The first pause after a failure. Default 100 ms.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The longest pause after failures, and after those that Retry-After says nothing about. Default 1.5 s: endpoints must be
    /// right again 2 s after the server is back.
    /// </summary>
    public TimeSpan MaxPause { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The longest pause while the server does not let us. Default 10 s.</summary>
    public TimeSpan MaxDeniedPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause while the kind is not installed; <see cref="WatchCache{T}.Recheck"/> ends it. Default 30 s.</summary>
    public TimeSpan NotInstalledPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// A kind that had objects counts as not installed only when the server has said so for this long: one that starts may
    /// not know its CRDs yet. Default 30 s.
    /// </summary>
    public TimeSpan NotInstalledGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Default the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gives numbers from 0 up to 1. Default the system's.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>Called when the state or its message changes, on the watch's own thread. Must not throw.</summary>
    public Action<WatchStatus>? OnStatus { get; init; }

    /// <summary>Called when an object cannot be read or converted; what it was before stays in force. Must not throw.</summary>
    public Action<ApiResource, string>? OnProblem { get; init; }
}
