using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Translation.Changes;
using Sluice.Translation.Policies;
using Sluice.Translation.Policies.Backends;
using Sluice.Translation.References;

namespace Sluice.Translation.Clusters;

/// <summary>
/// Every cluster that some Gateway uses, by name. Endpoints and TLS settings travel only through here: a changed slice replaces
/// one <see cref="Cluster"/> and no route is looked at.
/// </summary>
internal sealed class ClusterTable(BackendTlsBook tls, BackendConfigBook configs)
{
    private readonly Dictionary<string, ClusterSlot> _slots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _newNames = new(StringComparer.Ordinal);
    private readonly SliceIndex _slices = new();
    private ResourceSnapshot _snapshot = ResourceSnapshot.Empty;
    private PolicyWorld? _world;
    private int _noticed; // Slots with notices: of thousands most often none.

    public IEnumerable<Notice> Notices => _noticed == 0 ? [] : _slots.Values.Where(slot => slot.Notices is not null).SelectMany(slot => slot.Notices!);

    /// <summary>The name, as the one instance that every rule and the cluster itself share.</summary>
    public string NameOf(in ClusterIdentity identity)
    {
        var name = identity.Name;
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

    /// <summary>
    /// Takes over a snapshot; <paramref name="retargeted"/> are the Services whose TLS settings may have changed. Returns the names
    /// of the clusters that changed.
    /// </summary>
    /// <param name="world">The snapshot, with what Backends are compiled in.</param>
    /// <param name="changes">What is new in it.</param>
    /// <param name="retargeted">Services.</param>
    /// <param name="reconfigured">Services and Backends whose policies changed, and Backends that refer to something that did.</param>
    public IReadOnlyList<string> Update(PolicyWorld world, SnapshotChanges changes, IReadOnlySet<NamespacedName> retargeted, IReadOnlyCollection<NamespacedName> reconfigured)
    {
        var snapshot = world.Snapshot;
        _world = world;
        var touched = new HashSet<NamespacedName>();
        _slices.Update(_snapshot.EndpointSlices, snapshot.EndpointSlices, changes.EndpointSlices, touched);
        touched.UnionWith(changes.Endpoints);
        touched.UnionWith(changes.Services);
        touched.UnionWith(retargeted);
        touched.UnionWith(reconfigured);
        _snapshot = snapshot;
        var replaced = new List<string>();
        if (touched.Count == 0)
            return replaced;
        foreach (var (name, slot) in _slots)
        {
            if (touched.Contains(slot.Identity.Service) && Refresh(slot))
                replaced.Add(name);
        }
        return replaced;
    }

    /// <summary>The cluster of that name, which a Gateway begins to use.</summary>
    public Cluster Acquire(string name)
    {
        if (!_slots.TryGetValue(name, out var slot))
        {
            var identity = ClusterIdentity.Parse(name);
            slot = new ClusterSlot(identity, new Cluster { Name = name, Endpoints = [], Protocol = identity.Protocol, ProxyProtocol = identity.ProxyProtocol });
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
        if (!_slots.TryGetValue(name, out var slot) || --slot.Gateways > 0)
            return;
        _slots.Remove(name);
        Note(slot, null);
    }

    // True when the cluster is another instance now.
    private bool Refresh(ClusterSlot slot)
    {
        if (slot.Identity.IsBackend)
            return RefreshBackend(slot);
        var notices = new List<Notice>();
        IReadOnlyList<Endpoint> endpoints = [];
        var settings = slot.Cluster.Tls;
        if (_snapshot.Services.TryGetValue(slot.Identity.Service, out var service))
        {
            _snapshot.Endpoints.TryGetValue(slot.Identity.Service, out var core);
            if (slot.Identity.IsTls)
                settings = Keep(settings, tls.Decide(service, ServiceResolver.PortOf(service, slot.Identity.Port, "TCP")).Settings);

            // Without settings the policy is gone or broken, and the routes are about to leave: nobody is to be reached in the clear.
            if (!slot.Identity.IsTls || settings is not null)
                endpoints = ClusterBuilder.Endpoints(service, slot.Identity, _slices.Of(slot.Identity.Service), core, notices);
            ProxyProtocolAnnotation.Check(service, slot.Identity, notices);
        }
        Note(slot, notices.Count == 0 ? null : notices);
        var bare = Bare(slot) with { Endpoints = endpoints, Tls = settings };
        return Put(slot, service is null ? bare : configs.Apply(bare, service));
    }

    private bool RefreshBackend(ClusterSlot slot)
    {
        var bare = Bare(slot);
        if (!_snapshot.Backends.TryGetValue(slot.Identity.Service, out var backend))
            return Put(slot, bare);
        var compiled = BackendTypes.Compile(backend, bare, new PolicySurroundings(_world!, backend, new PolicyFindings()));
        return Put(slot, compiled is null ? bare : configs.Apply(compiled, backend));
    }

    private static Cluster Bare(ClusterSlot slot) =>
        new() { Name = slot.Cluster.Name, Endpoints = [], Protocol = slot.Identity.Protocol, ProxyProtocol = slot.Identity.ProxyProtocol };

    // Endpoints of equal content stay the same instance, and so does a cluster.
    private static bool Put(ClusterSlot slot, Cluster cluster)
    {
        if (slot.Cluster.Endpoints.SequenceEqual(cluster.Endpoints))
            cluster = cluster with { Endpoints = slot.Cluster.Endpoints };
        if (cluster == slot.Cluster)
            return false;
        slot.Cluster = cluster;
        return true;
    }

    private void Note(ClusterSlot slot, List<Notice>? notices)
    {
        _noticed += (notices is null ? 0 : 1) - (slot.Notices is null ? 0 : 1);
        slot.Notices = notices;
    }

    private static UpstreamTls? Keep(UpstreamTls? old, UpstreamTls? current) => current is null || current == old ? old : current;
}
