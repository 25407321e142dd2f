using Sluice.Exporter.Families;
using Sluice.Kubernetes.Client;

namespace Sluice.Exporter.Scraping;

/// <summary>Follows the objects of all kinds, and has their samples ready when it is asked.</summary>
internal sealed class WatchSource : IStateSource
{
    private readonly FollowedKind[] _kinds;

    /// <param name="client">Of the cluster; not disposed here.</param>
    /// <param name="kinds">To be followed.</param>
    /// <param name="limits">On their size.</param>
    /// <param name="clock">The time.</param>
    public WatchSource(KubernetesClient client, IReadOnlyList<StateKind> kinds, ExporterLimits limits, TimeProvider clock) =>
        _kinds = [.. kinds.Select(kind => new FollowedKind(client, kind, limits, clock))];

    public bool IsReady => _kinds.All(kind => kind.IsKnown);

    public bool KeepsObjects => true;

    public Task<IReadOnlyList<KindObjects>> CollectAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<KindObjects>>([.. _kinds.Select(kind => kind.Current())]);
    }

    /// <summary>Follows until it is cancelled.</summary>
    public Task RunAsync(CancellationToken cancellation) => Task.WhenAll(_kinds.Select(kind => kind.RunAsync(cancellation)));
}
