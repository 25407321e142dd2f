using Sluice.Resources;

namespace Sluice.Kubernetes.Leases;

/// <summary>Who stands for election, where, and at what pace. The defaults are those of Kubernetes's own controllers.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>The Lease that all candidates share.</summary>
    public required NamespacedName Lease { get; init; }

    /// <summary>Unique among the candidates: the pod's name, or host name and a random part.</summary>
    public required string Identity { get; init; }

    /// <summary>How long others wait after the last sign of life of a leader before they take its place. Whole seconds. Default 15 s.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>A leader that could not renew for so long steps down. Less than <see cref="LeaseDuration"/>. Default 10 s.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between two attempts; candidates wait up to 20 % longer. Less than <see cref="RenewDeadline"/>. Default 2 s.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Give the Lease up on a regular stop, so that another may lead at once. Default true.</summary>
    public bool ReleaseOnStop { get; init; } = true;

    /// <summary>Default the system's clock. Decisions rest on its timestamps, which steps of the time of day do not touch.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Gives numbers from 0 up to 1. Default the system's.</summary>
    public Func<double> Random { get; init; } = System.Random.Shared.NextDouble;

    /// <summary>Called with what keeps the candidate from reading or writing the Lease, once per change; null when it works again. Must not throw.</summary>
    public Action<string?>? OnProblem { get; init; }

    /// <summary>Called when another leads, or nobody ("" then). Must not throw.</summary>
    public Action<string>? OnLeaderChanged { get; init; }
}
