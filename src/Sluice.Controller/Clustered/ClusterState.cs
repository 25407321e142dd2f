using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Watching;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies;
using Sluice.Resources.Reading;

namespace Sluice.Controller.Clustered;

/// <summary>
/// What is known of a cluster, and the snapshot of what is ours in it. Objects of other controllers, and backends that nothing of
/// ours leads to, stay out of the snapshot, so that their changes cost no translation. A Gateway of ours whose class is missing
/// stays as it was: a class that is deleted by mistake takes nothing down. Knows no requests. Thread-safe.
/// </summary>
internal sealed class ClusterState
{
    private static readonly string[] RouteKinds = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"];

    private static readonly string[] PolicyKinds =
    [
        "BackendTLSPolicy", "TrafficPolicy", "ListenerPolicy", "HTTPListenerPolicy", "BackendConfigPolicy", "Backend", "GatewayExtension",
        "RateLimitFilter", "AuthConfig", "DynamicForwardProxy", "AIGateway", "PromptGuard",
    ];

    private readonly Lock _lock = new();
    private readonly StatusBook _statuses;
    private readonly ObjectReader _reader = new();
    private readonly Dictionary<string, KindTable> _tables = [];
    private readonly KindTable _classes;
    private readonly KindTable _gateways;
    private readonly KindTable _sets;
    private readonly Claims _claims;
    private readonly ReferenceBook _references = new();
    private readonly BackendBook _backends;
    private readonly Dictionary<NamespacedName, string> _claimedGateways = []; // With the class in force.
    private readonly HashSet<string> _missingClasses = new(StringComparer.Ordinal); // In force all the same.
    private readonly HashSet<NamespacedName> _claimedSets = [];
    private readonly Dictionary<(string Kind, NamespacedName Key), RefusedObject> _refused = [];
    private readonly Dictionary<NamespacedName, IReadOnlyList<string>> _publishedAddresses = [];
    private ResourceSnapshotBuilder _builder = new(ResourceSnapshot.Empty);
    private ResourceSnapshot _snapshot = ResourceSnapshot.Empty;
    private bool _findingsChanged;
    private bool _knowsReferences;

    public ClusterState(IReadOnlyList<string> controllerNames, StatusBook statuses)
    {
        _statuses = statuses;
        _classes = Table("GatewayClass");
        _gateways = Table("Gateway");
        _sets = Table("ListenerSet");
        foreach (var kind in RouteKinds.Concat(PolicyKinds))
            Table(kind);
        _claims = new Claims(controllerNames, _classes, _gateways, _sets, _claimedGateways.ContainsKey);
        _backends = new BackendBook(Put);
    }

    /// <summary>Called, on any thread, after a change.</summary>
    public Action? Changed { get; set; }

    /// <summary>Called with a Secret or ConfigMap that something refers to and that is not known; the answer goes to <see cref="Found"/>.</summary>
    public Action<string, NamespacedName>? Needed { get; set; }

    /// <summary>What the API server has published for Gateways: IP addresses by Gateway.</summary>
    public IReadOnlyDictionary<NamespacedName, IReadOnlyList<string>> PublishedAddresses
    {
        get
        {
            lock (_lock)
                return new Dictionary<NamespacedName, IReadOnlyList<string>>(_publishedAddresses);
        }
    }

    /// <summary>GatewayClasses that are gone, or cannot be read, and whose Gateways are served as before.</summary>
    public IReadOnlyList<string> MissingClasses
    {
        get
        {
            lock (_lock)
                return [.. _missingClasses.Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>What to keep of an object.</summary>
    public ClusterObject Read(ClusterKind kind, ReadOnlyMemory<byte> json, ClusterObject? previous)
    {
        var envelope = ObjectEnvelope.Read(json.Span);
        if (kind.IsReferenced)
        {
            lock (_lock)
            {
                if (!_references.Contains(kind.Kind, envelope.Key))
                    return ClusterObject.Unneeded;
            }
        }
        var read = previous?.Hash == envelope.ContentHash
            ? previous
            : new ClusterObject(envelope.Key, envelope.ContentHash, _reader.Read(kind.Preferred.Group, kind.Kind, envelope, json.Span));
        if (kind.HasStatus)
            Observe(kind.Kind, envelope, read, json.Span.Slice(envelope.StatusStart, envelope.StatusLength));
        return read;
    }

    public void Set(string kind, NamespacedName key, ClusterObject value)
    {
        lock (_lock)
            SetLocked(kind, key, value);
        Changed?.Invoke();
    }

    public void Remove(string kind, NamespacedName key)
    {
        lock (_lock)
            RemoveLocked(kind, key);
        Changed?.Invoke();
    }

    public void Relisted(string kind, WatchDiff<ClusterObject> diff)
    {
        lock (_lock)
        {
            foreach (var (key, value) in diff.Set)
                SetLocked(kind, key, value);
            foreach (var key in diff.Removed)
                RemoveLocked(kind, key);
        }
        Changed?.Invoke();
    }

    /// <summary>Takes claims over, so that it is known which Secrets and ConfigMaps are referred to. Before these are listed.</summary>
    public void Settle()
    {
        lock (_lock)
            SettleLocked();
    }

    /// <summary>Secrets and ConfigMaps that are referred to and not known.</summary>
    public IReadOnlyList<(string Kind, NamespacedName Key)> Unknown
    {
        get
        {
            lock (_lock)
                return _references.Unknown;
        }
    }

    /// <summary>Secrets and ConfigMaps were listed: what was referred to and not found does not exist.</summary>
    public void ReferencesListed()
    {
        lock (_lock)
        {
            _knowsReferences = true;
            foreach (var reference in _references.Unknown)
                SetReference(reference, null);
        }
        Changed?.Invoke();
    }

    /// <summary>The answer to <see cref="Needed"/>; what the watch has told in the meantime is newer.</summary>
    public void Found(string kind, NamespacedName key, ClusterObject? value)
    {
        lock (_lock)
        {
            if (!_references.Contains(kind, key) || _references.IsKnown((kind, key)))
                return;
            SetReference((kind, key), value);
        }
        Changed?.Invoke();
    }

    /// <summary>Whether it is still referred to and not known.</summary>
    public bool IsNeeded(string kind, NamespacedName key)
    {
        lock (_lock)
            return _references.Contains(kind, key) && !_references.IsKnown((kind, key));
    }

    /// <summary>The snapshot, and what is refused, when either or <see cref="MissingClasses"/> has changed since the last call; else null.</summary>
    public (ResourceSnapshot Snapshot, IReadOnlyList<RefusedObject> Refused)? Take()
    {
        List<(string Kind, NamespacedName Key)> needed;
        (ResourceSnapshot, IReadOnlyList<RefusedObject>)? taken = null;
        lock (_lock)
        {
            needed = SettleLocked();
            var snapshot = _builder.ToSnapshot();
            if (!ReferenceEquals(snapshot, _snapshot) || _findingsChanged)
            {
                _builder = new ResourceSnapshotBuilder(snapshot);
                _snapshot = snapshot;
                _findingsChanged = false;
                taken = (snapshot, [.. _refused.Values.Where(_claims.IsOurs)]);
            }
        }
        foreach (var (kind, key) in needed)
            Needed?.Invoke(kind, key);
        return taken;
    }

    private KindTable Table(string kind)
    {
        var table = new KindTable(kind);
        _tables.Add(kind, table);
        return table;
    }

    private void Observe(string kind, ObjectEnvelope envelope, ClusterObject read, ReadOnlySpan<byte> status)
    {
        bool isOurs;
        lock (_lock)
        {
            isOurs = read.Refused is { } refused ? _claims.IsOurs(refused) : _claims.IsOurs(read.Value);
            if (isOurs && kind == "Gateway")
                _publishedAddresses[envelope.Key] = StatusAddresses.Of(status);
        }
        _statuses.Observe(kind, envelope.Key, envelope.ResourceVersion, status, isOurs);
    }

    private void SetLocked(string kind, NamespacedName key, ClusterObject value)
    {
        Refuse(kind, key, value.Refused);
        if (_tables.TryGetValue(kind, out var table))
        {
            table.Objects[key] = value;
            table.Touched.Add(key);
        }
        else if (kind is ReferencedObjects.Secret or ReferencedObjects.ConfigMap)
        {
            if (!ReferenceEquals(value, ClusterObject.Unneeded))
                SetReference((kind, key), value);
        }
        else if (BackendBook.Holds(kind))
        {
            _backends.Set(kind, key, value.Value);
        }
        else
        {
            Put(kind, key, value.Value);
        }
    }

    private void RemoveLocked(string kind, NamespacedName key)
    {
        Refuse(kind, key, null);
        if (_tables.TryGetValue(kind, out var table))
        {
            table.Objects.Remove(key);
            table.Touched.Add(key);
            _statuses.Forget(kind, key);
            if (kind == "Gateway")
                _publishedAddresses.Remove(key);
        }
        else if (kind is ReferencedObjects.Secret or ReferencedObjects.ConfigMap)
        {
            SetReference((kind, key), null);
        }
        else if (BackendBook.Holds(kind))
        {
            _backends.Set(kind, key, null);
        }
        else
        {
            Put(kind, key, null);
        }
    }

    private void Refuse(string kind, NamespacedName key, RefusedObject? refused)
    {
        if (refused is not null)
            _refused[(kind, key)] = refused;
        else if (!_refused.Remove((kind, key)))
            return;
        _findingsChanged = true;
    }

    private void Put(string kind, NamespacedName key, KubernetesObject? value)
    {
        if (value is null)
            _builder.Remove(kind, key);
        else
            _builder.Set(value);
    }

    // Whoever waits for it can be looked at again.
    private void SetReference((string Kind, NamespacedName Key) reference, ClusterObject? value)
    {
        if (!_references.Set(reference, value))
            return;
        Put(reference.Kind, reference.Key, value?.Value);
        foreach (var (kind, key) in _references.Waiting(reference))
            _tables[kind].Touched.Add(key);
    }

    /// <summary>Decides on all objects that were touched. Returns what is needed and not known.</summary>
    private List<(string Kind, NamespacedName Key)> SettleLocked()
    {
        var needed = new List<(string Kind, NamespacedName Key)>();
        SettleClasses();
        var flipped = SettleGateways(needed);
        flipped |= SettleSets(flipped, needed);
        foreach (var kind in RouteKinds)
            SettleRoutes(_tables[kind], flipped);
        foreach (var policies in PolicyKinds.Select(kind => _tables[kind]))
        {
            foreach (var key in policies.TakeTouched())
                Admit(policies, key, true, needed);
        }
        foreach (var (kind, key) in _references.TakeAbandoned())
            Put(kind, key, null);
        return _knowsReferences ? needed : [];
    }

    private void SettleClasses()
    {
        var touched = _classes.TakeTouched();
        if (touched.Count == 0)
            return;
        var names = new HashSet<string>(touched.Select(key => key.Name), StringComparer.Ordinal);
        foreach (var (key, value) in _gateways.Objects)
        {
            if (value.Value is Gateway gateway && names.Contains(gateway.GatewayClassName))
                _gateways.Touched.Add(key);
        }
        foreach (var key in touched)
        {
            var gatewayClass = _classes.Find<GatewayClass>(key);
            if (gatewayClass is null && _claimedGateways.ContainsValue(key.Name))
            {
                _findingsChanged |= _missingClasses.Add(key.Name);
                continue;
            }
            _findingsChanged |= _missingClasses.Remove(key.Name);
            Put("GatewayClass", key, _claims.IsOurs(gatewayClass) ? gatewayClass : null);
        }
    }

    /// <summary>True when a Gateway has become ours, or is so no longer.</summary>
    private bool SettleGateways(List<(string Kind, NamespacedName Key)> needed)
    {
        var flipped = false;
        foreach (var key in _gateways.TakeTouched())
        {
            var gateway = _gateways.Find<Gateway>(key);
            var isOurs = _claims.IsOurs(gateway);
            if (isOurs && !_claims.HasClass(gateway!))
                continue;
            flipped |= isOurs ? !_claimedGateways.ContainsKey(key) : _claimedGateways.Remove(key);
            if (isOurs)
                _claimedGateways[key] = gateway!.GatewayClassName;
            Admit(_gateways, key, isOurs, needed);
        }
        foreach (var name in _missingClasses.Where(name => !_claimedGateways.ContainsValue(name)).ToArray())
        {
            _findingsChanged |= _missingClasses.Remove(name);
            Put("GatewayClass", new NamespacedName("", name), null);
        }
        return flipped;
    }

    private bool SettleSets(bool all, List<(string Kind, NamespacedName Key)> needed)
    {
        if (all)
            _sets.Touched.UnionWith(_sets.Objects.Keys);
        var flipped = false;
        foreach (var key in _sets.TakeTouched())
        {
            var isOurs = _claims.IsOurs(_sets.Find<ListenerSet>(key));
            flipped |= isOurs ? _claimedSets.Add(key) : _claimedSets.Remove(key);
            Admit(_sets, key, isOurs, needed);
        }
        return flipped;
    }

    private void SettleRoutes(KindTable routes, bool all)
    {
        if (all)
            routes.Touched.UnionWith(routes.Objects.Keys);
        foreach (var key in routes.TakeTouched())
        {
            var route = routes.Find<Route>(key);
            var ours = _claims.IsOurs(route) ? route : null;
            Put(routes.Kind, key, ours);
            _backends.Refer((routes.Kind, key), ours);
        }
    }

    // What it refers to and is not known is waited for; until then it stays as it was.
    private void Admit(KindTable table, NamespacedName key, bool isOurs, List<(string Kind, NamespacedName Key)> needed)
    {
        var owner = (table.Kind, key);
        if (!isOurs || table.Find<KubernetesObject>(key) is not { } value)
        {
            _references.Remove(owner);
            Put(table.Kind, key, null);
            _backends.Refer(owner, null);
            return;
        }
        var unknown = _references.Await(owner, ReferencedObjects.Of(value));
        needed.AddRange(unknown);
        if (unknown.Count > 0)
            return;
        _references.Commit(owner);
        Put(table.Kind, key, value);
        if (value is BackendTlsPolicy or PolicyObject)
            _backends.Refer(owner, value);
    }
}
