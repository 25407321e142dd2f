using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Translation.Changes;

namespace Sluice.Translation.Clusters;

/// <summary>
/// Every cluster that some Gateway uses, by name. Endpoints travel only through here: a changed slice replaces one
/// <see cref="Cluster"/> and no route is looked at.
/// </summary>
internal sealed class ClusterTable
{
    private readonly Dictionary<string, ClusterSlot> _slots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _newNames = new(StringComparer.Ordinal);
    private readonly SliceIndex _slices = new();
    private ResourceSnapshot _snapshot = ResourceSnapshot.Empty;

    public IEnumerable<Notice> Notices => _slots.Values.Where(slot => slot.Notices is not null).SelectMany(slot => slot.Notices!);

    /// <summary>The name, as the one instance that every rule and the cluster itself share.</summary>
    public string NameOf(NamespacedName service, int port, UpstreamProtocol protocol)
    {
        var name = ClusterName.Of(service, port, protocol);
        if (_slots.TryGetValue(name, out var slot))
            return slot.Cluster.Name;
        if (_newNames.TryGetValue(name, out var known))
            return known;
        _newNames.Add(name);
        return name;
    }

    /// <summary>Forgets names that were given out since the last call and did not become clusters.</summary>
    public void EndOfTranslation()
    {
        _newNames.Clear();
        _newNames.TrimExcess();
    }

    /// <summary>Takes over a snapshot. Returns the names of the clusters whose endpoints changed.</summary>
    public IReadOnlyList<string> Update(ResourceSnapshot snapshot, SnapshotChanges changes)
    {
        var touched = new HashSet<NamespacedName>();
        _slices.Update(_snapshot.EndpointSlices, snapshot.EndpointSlices, changes.EndpointSlices, touched);
        touched.UnionWith(changes.Endpoints);
        touched.UnionWith(changes.Services);
        _snapshot = snapshot;
        var replaced = new List<string>();
        if (touched.Count == 0)
            return replaced;
        foreach (var (name, slot) in _slots)
        {
            if (touched.Contains(slot.Service) && Refresh(slot))
                replaced.Add(name);
        }
        return replaced;
    }

    /// <summary>The cluster of that name, which a Gateway begins to use.</summary>
    public Cluster Acquire(string name)
    {
        if (!_slots.TryGetValue(name, out var slot))
        {
            var (service, port, protocol) = ClusterName.Parse(name);
            slot = new ClusterSlot(service, port, new Cluster { Name = name, Endpoints = [], Protocol = protocol });
            Refresh(slot);
            _slots.Add(name, slot);
        }
        slot.Gateways++;
        return slot.Cluster;
    }

    public Cluster Current(string name) => _slots[name].Cluster;

    /// <summary>A Gateway uses the cluster no more.</summary>
    public void Release(string name)
    {
        if (_slots.TryGetValue(name, out var slot) && --slot.Gateways == 0)
            _slots.Remove(name);
    }

    // True when the cluster is another instance now.
    private bool Refresh(ClusterSlot slot)
    {
        var notices = new List<Notice>();
        IReadOnlyList<Endpoint> endpoints = [];
        if (_snapshot.Services.TryGetValue(slot.Service, out var service))
        {
            _snapshot.Endpoints.TryGetValue(slot.Service, out var core);
            endpoints = ClusterBuilder.Endpoints(service, slot.Port, _slices.Of(slot.Service), core, notices);
        }
        slot.Notices = notices.Count == 0 ? null : notices;
        if (slot.Cluster.Endpoints.SequenceEqual(endpoints))
            return false;
        slot.Cluster = slot.Cluster with { Endpoints = endpoints };
        return true;
    }
}
