using Sluice.Configuration;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Runtime;

/// <summary>
/// The clusters of one Gateway, numbered for the routing tables. A cluster keeps its number and its state for as long as
/// configurations name it.
/// </summary>
internal sealed class ClusterSet(int workers)
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Stack<int> _freeIds = new();
    private RuntimeCluster?[] _clusters = [];

    /// <summary>By number. Never changed after it was handed out: tables in force hold on to theirs.</summary>
    public RuntimeCluster?[] Clusters => _clusters;

    public int IdOf(string name) => _ids.GetValueOrDefault(name, -1);

    /// <summary>Takes a configuration over; returns the clusters that changed and those that are gone.</summary>
    public (List<RuntimeCluster> Changed, List<RuntimeCluster> Removed) Update(IReadOnlyList<Cluster> configured, NameResolver resolver)
    {
        var changed = new List<RuntimeCluster>();
        var removed = new List<RuntimeCluster>();
        if (SameAsBefore(configured))
            return (changed, removed);

        var names = new HashSet<string>(configured.Count, StringComparer.Ordinal);
        var clusters = (RuntimeCluster?[])_clusters.Clone();
        foreach (var cluster in configured)
            names.Add(cluster.Name);
        foreach (var (name, id) in _ids)
        {
            if (names.Contains(name))
                continue;
            removed.Add(clusters[id]!);
            clusters[id] = null;
        }

        foreach (var cluster in removed)
        {
            _ids.Remove(cluster.Name, out var id);
            _freeIds.Push(id);
        }

        foreach (var cluster in configured)
        {
            if (_ids.TryGetValue(cluster.Name, out var id))
            {
                if (ReferenceEquals(clusters[id]!.Configuration, cluster))
                    continue;

                // Requests in flight are composed for the old protocol, and may yet be sent again: they keep the old cluster. Nor are
                // connections that were trusted by other TLS settings used on: whom they lead to was decided by these.
                if (clusters[id]!.Configuration.Protocol != cluster.Protocol || !ReferenceEquals(clusters[id]!.Configuration.Tls, cluster.Tls))
                {
                    removed.Add(clusters[id]!);
                    clusters[id] = new RuntimeCluster(cluster, resolver.Known(cluster), workers);
                    continue;
                }

                clusters[id]!.Update(cluster, resolver.Known(cluster));
                changed.Add(clusters[id]!);
                continue;
            }

            if (!_freeIds.TryPop(out id))
            {
                id = _ids.Count;
                if (id >= clusters.Length)
                    Array.Resize(ref clusters, Math.Max(4, Math.Max(configured.Count, clusters.Length * 2)));
            }

            _ids[cluster.Name] = id;
            clusters[id] = new RuntimeCluster(cluster, resolver.Known(cluster), workers);
        }

        _clusters = clusters;
        return (changed, removed);
    }

    private bool SameAsBefore(IReadOnlyList<Cluster> configured)
    {
        if (configured.Count != _ids.Count)
            return false;
        foreach (var cluster in configured)
        {
            if (!_ids.TryGetValue(cluster.Name, out var id) || !ReferenceEquals(_clusters[id]!.Configuration, cluster))
                return false;
        }

        return true;
    }
}
