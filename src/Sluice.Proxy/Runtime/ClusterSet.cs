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
    private readonly HashSet<RuntimeCluster> _named = [];
    private readonly HashSet<RuntimeCluster> _troubled = [];
    private RuntimeCluster?[] _clusters = [];
    private IReadOnlyList<Cluster> _configured = [];

    /// <summary>By number. Never changed after it was handed out: tables in force hold on to theirs.</summary>
    public RuntimeCluster?[] Clusters => _clusters;

    /// <summary>Those with endpoints that have to be resolved.</summary>
    public IReadOnlyCollection<RuntimeCluster> Named => _named;

    /// <summary>Those whose TLS cannot be spoken.</summary>
    public IReadOnlyCollection<RuntimeCluster> Troubled => _troubled;

    public int IdOf(string name) => _ids.GetValueOrDefault(name, -1);

    /// <summary>Takes a configuration over; returns the clusters that changed and those that are gone.</summary>
    public (List<RuntimeCluster> Changed, List<RuntimeCluster> Removed) Update(IReadOnlyList<Cluster> configured, NameResolver resolver)
    {
        var changed = new List<RuntimeCluster>();
        var removed = new List<RuntimeCluster>();
        var newer = Newer(configured);
        if (newer is { Count: 0 })
            return (changed, removed);

        var clusters = (RuntimeCluster?[])_clusters.Clone();
        if (newer is null)
            Remove(configured, clusters, removed);
        foreach (var cluster in newer ?? configured)
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
                    clusters[id] = Note(new RuntimeCluster(cluster, resolver.Known(cluster), workers));
                    continue;
                }

                clusters[id]!.Update(cluster, resolver.Known(cluster));
                changed.Add(Note(clusters[id]!));
                continue;
            }

            if (!_freeIds.TryPop(out id))
            {
                id = _ids.Count;
                if (id >= clusters.Length)
                    Array.Resize(ref clusters, Math.Max(4, Math.Max(configured.Count, clusters.Length * 2)));
            }

            _ids[cluster.Name] = id;
            clusters[id] = Note(new RuntimeCluster(cluster, resolver.Known(cluster), workers));
        }

        _named.ExceptWith(removed);
        _troubled.ExceptWith(removed);
        _clusters = clusters;
        _configured = configured;
        return (changed, removed);
    }

    /// <summary>Those that are another instance than before, when they are the same clusters in the same order, as after most changes; otherwise null.</summary>
    private List<Cluster>? Newer(IReadOnlyList<Cluster> configured)
    {
        if (configured.Count != _configured.Count)
            return null;
        var newer = new List<Cluster>();
        for (var i = 0; i < configured.Count; i++)
        {
            if (ReferenceEquals(configured[i], _configured[i]))
                continue;
            if (configured[i].Name != _configured[i].Name)
                return null;
            newer.Add(configured[i]);
        }

        return newer;
    }

    private RuntimeCluster Note(RuntimeCluster cluster)
    {
        if (cluster.HasNames)
            _named.Add(cluster);
        else
            _named.Remove(cluster);
        if (cluster.TlsProblem is not null)
            _troubled.Add(cluster);
        return cluster;
    }

    private void Remove(IReadOnlyList<Cluster> configured, RuntimeCluster?[] clusters, List<RuntimeCluster> removed)
    {
        var names = new HashSet<string>(configured.Count, StringComparer.Ordinal);
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
    }
}
