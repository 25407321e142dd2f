using Sluice.Kubernetes.Client;

namespace Sluice.Kubernetes.Events;

/// <summary>Who tells Events, and how many at most.</summary>
public sealed record EventRecorderOptions
{
    /// <summary>reportingController: "sluice.dev/gateway-controller".</summary>
    public required string Controller { get; init; }

    /// <summary>reportingInstance: the pod's name. What exceeds 128 characters is cut.</summary>
    public required string Instance { get; init; }

    /// <summary>Events that wait to be written; more are dropped and counted. Default 1,000.</summary>
    public int QueueLength { get; init; } = 1000;

    /// <summary>Events about one object at once, before it gets no more than one per <see cref="Refill"/>. Default 25.</summary>
    public int Burst { get; init; } = 25;

    /// <summary>Default 1 minute.</summary>
    public TimeSpan Refill { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often the count of an Event that repeats is written at most. Default 30 s.</summary>
    public TimeSpan SeriesInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>An Event that was not repeated for so long is a new one the next time. Default 6 minutes.</summary>
    public TimeSpan SeriesEnd { get; init; } = TimeSpan.FromMinutes(6);

    /// <summary>Events, and objects with Events, that are remembered; beyond, the longest unused is forgotten. Default 4,096.</summary>
    public int MaxRemembered { get; init; } = 4096;

    /// <summary>Default the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Called when an Event could not be written and is dropped. Must not throw.</summary>
    public Action<ApiException>? OnDropped { get; init; }
}
