using Sluice.Configuration;

namespace Sluice.Proxy.Routing;

/// <summary>Where connections or datagrams go that are relayed as they are: a cluster by weight.</summary>
internal sealed class RuntimeStreamRoute
{
    /// <summary>A share that nothing serves.</summary>
    public const int None = -1;

    private readonly int[] _clusters;
    private WeightedShares _shares;

    /// <param name="source">What it is built from.</param>
    /// <param name="clusterIds">The number of a cluster by its name, or -1.</param>
    public RuntimeStreamRoute(StreamRoute source, Func<string, int> clusterIds)
    {
        Source = source;
        StreamBackend[] used = [.. source.Backends.Where(backend => backend.Weight > 0)];
        _clusters = [.. used.Select(backend => backend.Cluster is { } name ? clusterIds(name) : None)];
        if (used.Length > 1)
            _shares = new WeightedShares([.. used.Select(backend => backend.Weight)]);
    }

    public StreamRoute Source { get; }

    /// <summary>The number of the next cluster, or <see cref="None"/>: what was to go there is closed or dropped.</summary>
    public int Choose() => _clusters.Length switch
    {
        0 => None,
        1 => _clusters[0],
        _ => _clusters[_shares.Next()],
    };

    /// <summary>Whether a cluster has a share.</summary>
    public bool LeadsTo(int cluster) => Array.IndexOf(_clusters, cluster) >= 0;
}
