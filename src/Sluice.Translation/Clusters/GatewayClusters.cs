using Sluice.Configuration;
using Sluice.Resources;

namespace Sluice.Translation.Clusters;

/// <summary>
/// The clusters of one Gateway, sorted by name, with the number of uses by routes. Changes are collected and merged in one
/// pass; the published list is a new array when anything changed and the same one otherwise. A Gateway with a certificate for
/// backends (spec.tls.backend) has copies of the clusters with TLS that carry it.
/// </summary>
internal sealed class GatewayClusters
{
    private readonly List<(string Name, int Change)> _changes = [];
    private Cluster[] _clusters = [];
    private int[] _uses = [];
    private TlsCertificate? _certificate;

    public IReadOnlyList<Cluster> Current => _clusters;

    public void Use(string name) => _changes.Add((name, 1));

    public void Drop(string name) => _changes.Add((name, -1));

    public void Commit(ClusterTable table, TlsCertificate? certificate)
    {
        if (_certificate != certificate)
        {
            _certificate = certificate;
            _clusters = [.. _clusters.Select(cluster => Own(table.Current(cluster.Name), cluster))];
        }
        if (_changes.Count == 0)
            return;
        _changes.Sort((one, other) => string.CompareOrdinal(one.Name, other.Name));
        var clusters = new List<Cluster>(_clusters.Length + _changes.Count);
        var uses = new List<int>(clusters.Capacity);
        var differs = false;
        var next = 0;
        for (var i = 0; i < _changes.Count;)
        {
            var name = _changes[i].Name;
            var change = 0;
            for (; i < _changes.Count && _changes[i].Name == name; i++)
                change += _changes[i].Change;

            KeepUntil(Place(name));
            var known = next < _clusters.Length && _clusters[next].Name == name;
            var count = change + (known ? _uses[next] : 0);
            if (known && count > 0)
            {
                clusters.Add(_clusters[next]);
                uses.Add(count);
            }
            else if (known)
                differs = Release(name);
            else if (count > 0)
                differs = Acquire(name, count);
            if (known)
                next++;
        }
        KeepUntil(_clusters.Length);
        _changes.Clear();
        _changes.TrimExcess();
        _uses = [.. uses];
        if (differs)
            _clusters = [.. clusters];

        void KeepUntil(int end)
        {
            clusters.AddRange(_clusters.AsSpan(next, end - next));
            uses.AddRange(_uses.AsSpan(next, end - next));
            next = end;
        }

        bool Release(string name)
        {
            table.Release(name);
            return true;
        }

        bool Acquire(string name, int count)
        {
            clusters.Add(Own(table.Acquire(name), null));
            uses.Add(count);
            return true;
        }
    }

    /// <summary>Whether any of them is of the Service, or of the Backend.</summary>
    public bool Leads(NamespacedName target, bool isBackend)
    {
        var prefix = isBackend ? $"{target.Namespace}/{target.Name}/" : $"{target.Namespace}/{target.Name}:";
        var place = Place(prefix);
        return place < _clusters.Length && _clusters[place].Name.StartsWith(prefix, StringComparison.Ordinal);
    }

    /// <summary>Puts the current instances of clusters in place. False when none of them is used here.</summary>
    public bool Replace(IReadOnlyList<string> names, ClusterTable table)
    {
        Cluster[]? copy = null;
        foreach (var name in names)
        {
            var index = Find(name);
            if (index < 0)
                continue;
            copy ??= (Cluster[])_clusters.Clone();
            copy[index] = Own(table.Current(name), copy[index]);
        }
        _clusters = copy ?? _clusters;
        return copy is not null;
    }

    // The TLS settings stay the same instance as long as they say the same: the data plane keeps connections by it.
    private Cluster Own(Cluster cluster, Cluster? previous)
    {
        if (_certificate is null || cluster.Tls is null)
            return cluster;
        var settings = cluster.Tls with { ClientCertificate = _certificate };
        return cluster with { Tls = settings == previous?.Tls ? previous.Tls : settings };
    }

    /// <summary>Where it is, or would be.</summary>
    private int Place(string name)
    {
        var found = Find(name);
        return found < 0 ? ~found : found;
    }

    private int Find(string name)
    {
        var low = 0;
        var high = _clusters.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(_clusters[middle].Name, name);
            if (order == 0)
                return middle;
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }
        return ~low;
    }
}
