using System.Collections.Immutable;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Backends;
using Sluice.Resources.Policies.Extensions;
using Sluice.Translation.Changes;
using Sluice.Translation.Clusters;
using Sluice.Translation.Gateways;
using Sluice.Translation.Policies;
using Sluice.Translation.Policies.Backends;
using Sluice.Translation.Policies.Extensions;
using Sluice.Translation.Policies.Listeners;
using Sluice.Translation.Policies.Targets;
using Sluice.Translation.Policies.Traffic;
using Sluice.Translation.References;
using Sluice.Translation.Routes;
using Sluice.Translation.Statuses;

namespace Sluice.Translation;

/// <summary>
/// Turns snapshots into configurations and statuses. The result depends on the snapshot and the options alone; what the
/// translator remembers of the snapshot before only spares work: a changed route costs its own translation and comparisons
/// of references for the others. Not thread-safe: one snapshot at a time.
/// </summary>
/// <remarks>
/// A translation runs through these stages: what changed (Changes/), Gateways and listeners (Gateways/), rules of changed
/// routes and their parents (Routes/), merging by listener and hostname (Hosts/), clusters and endpoints (Clusters/), and the
/// result (Statuses/).
/// </remarks>
public sealed class Translator
{
    private readonly TranslatorOptions _options;
    private Memory _memory;

    public Translator(TranslatorOptions options)
    {
        if (options.ControllerNames.Count == 0)
            throw new ArgumentException("At least one controller name is needed.", nameof(options));
        _options = options;
        _memory = new Memory(options);
    }

    /// <summary>Number of times that a route's rules were compiled since the translator was made.</summary>
    internal long CompiledRoutes { get; private set; }

    /// <summary>Number of times that a TrafficPolicy was compiled since the translator was made.</summary>
    internal long CompiledPolicies => _memory.TrafficPolicies.Compiled;

    /// <summary>Number of Secrets with certificates read since the translator was made.</summary>
    internal long CertificateReads => _memory.Gateways.CertificateReads;

    /// <param name="snapshot">What there is.</param>
    /// <param name="now">What certificates are compared with; null: their times are not looked at.</param>
    public TranslationResult Translate(ResourceSnapshot snapshot, DateTimeOffset? now = null)
    {
        try
        {
            return Update(_memory, snapshot, now);
        }
        catch
        {
            // Half-updated memory must not colour later results: the next translation starts afresh.
            _memory = new Memory(_options);
            throw;
        }
    }

    private TranslationResult Update(Memory memory, ResourceSnapshot snapshot, DateTimeOffset? now)
    {
        if (memory.Result is not null && ReferenceEquals(snapshot, memory.Snapshot) && !memory.Gateways.HasNewAddresses && !(memory.Result.ChangesAt <= now))
            return memory.Result;
        var changes = SnapshotChanges.Between(memory.Snapshot, snapshot);
        if (changes.ReferenceGrants.Count > 0)
            memory.Grants = new GrantIndex(snapshot.ReferenceGrants);
        var retargeted = memory.BackendTls.Update(snapshot, changes);
        var world = new PolicyWorld(snapshot, memory.Grants, memory.BackendTls, memory.Clusters, _options.PolicyReferences);
        memory.Extensions.Update(snapshot.GatewayExtensions, changes.GatewayExtensions, world, changes, retargeted);
        var backends = memory.Backends.Update(snapshot.Backends, changes.Backends, world, changes, retargeted);
        var reconfigured = memory.BackendConfigs.Update(memory.Snapshot, world, changes, retargeted);
        var replacedClusters = memory.Clusters.Update(world, changes, retargeted, [.. reconfigured.Select(target => target.Name), .. backends]);
        var relistened = memory.ListenerPolicies.Update(memory.Snapshot, world, changes, retargeted);
        var gatewayChanges = memory.Gateways.Update(snapshot, changes, memory.Grants, now);
        Policies.Listeners.ListenerPolicies.Touch(relistened, memory.Gateways);
        var repoliced = memory.TrafficPolicies.Update(memory.Snapshot, world, changes, retargeted);
        repoliced.AddSets(memory.Gateways);
        memory.TrafficPolicies.Touch(gatewayChanges, snapshot);

        var dependencies = new RouteDependencies(memory.Snapshot, snapshot, changes, gatewayChanges.Parents, retargeted, repoliced.Parents, backends);
        UpdateRoutes(memory, snapshot, changes, dependencies, repoliced);
        UpdateStreams(memory, snapshot, changes, dependencies);
        memory.Policies.Update(snapshot, changes, retargeted, memory.Gateways.States, gatewayChanges.Gateways);
        memory.TrafficStatuses.Update(snapshot, memory.Gateways, memory.HttpRoutes, memory.GrpcRoutes);

        foreach (var gateway in gatewayChanges.Dropped)
            gateway.Commit(memory.Clusters);
        var published = gatewayChanges.Dropped.Count > 0;
        foreach (var gateway in memory.Gateways.States.Values)
        {
            gateway.Commit(memory.Clusters);
            if (!gateway.Clusters.Replace(replacedClusters, memory.Clusters) && !gateway.IsStale)
                continue;
            gateway.Publish();
            published = true;
        }
        memory.Clusters.EndOfTranslation();
        UpdatePolicyStatuses(memory, published, changes, gatewayChanges, relistened, reconfigured.Count > 0);
        if (changes.GatewayClasses.Count > 0 || changes.GatewayParameters.Count > 0 || memory.Result is null)
            UpdateClasses(memory, snapshot, new ParametersJudge(_options, snapshot));
        memory.Snapshot = snapshot;
        memory.ListenerSets = memory.ListenerSets.With(
            gatewayChanges.Parents.Where(parent => parent.IsSet && memory.Gateways.Find(parent) is null).Select(parent => parent.Name),
            memory.Gateways.States.Values.SelectMany(gateway => gateway.TakeRestated()));
        memory.Result = Collect(memory, snapshot, published ? null : memory.Result);
        return memory.Result;
    }

    private void UpdatePolicyStatuses(Memory memory, bool published, SnapshotChanges changes, GatewayChanges gateways, HashSet<PolicyTarget> relistened, bool reconfigured)
    {
        memory.ListenerPolicies.UpdateStatuses(relistened, changes, gateways, memory.Gateways, _options.ControllerNames[0]);
        if (reconfigured || changes.BackendConfigPolicies.Count > 0 || (!memory.BackendConfigs.IsEmpty && (published || gateways.Gateways.Count > 0 || changes.Services.Count > 0 || changes.Backends.Count > 0)))
            memory.BackendConfigs.UpdateStatuses(memory.Gateways.States.Values, _options.ControllerNames[0]);
    }

    private void UpdateRoutes(Memory memory, ResourceSnapshot snapshot, SnapshotChanges changes, RouteDependencies dependencies, PolicyChanges repoliced)
    {
        if (memory.Rivals is null && !snapshot.HttpRoutes.IsEmpty && !snapshot.GrpcRoutes.IsEmpty)
        {
            memory.Rivals = new RouteRivals();
            foreach (var memo in memory.HttpRoutes.Values.Concat(memory.GrpcRoutes.Values))
                memory.Rivals.Add(memo);
        }
        var compiler = new RouteCompiler(Rules(memory, snapshot, "HTTPRoute", UpstreamProtocol.Http1), Rules(memory, snapshot, "GRPCRoute", UpstreamProtocol.Http2));
        var attacher = new RouteAttacher(memory.Gateways, memory.Rivals, memory.Statuses);
        var updater = new RouteUpdater(compiler, attacher, new RoutePolicyApplier(memory.TrafficPolicies, snapshot), new NamespaceLabels(snapshot.Namespaces), memory.Rivals);
        var httpRoutes = memory.HttpRoutes.ToBuilder();
        var grpcRoutes = memory.GrpcRoutes.ToBuilder();
        var pass = new RoutePass(updater, memory.Rivals, httpRoutes, grpcRoutes);
        AddRoutes(pass, snapshot.HttpRoutes, changes.HttpRoutes, repoliced.HttpRoutes, dependencies, isGrpc: false);
        AddRoutes(pass, snapshot.GrpcRoutes, changes.GrpcRoutes, repoliced.GrpcRoutes, dependencies, isGrpc: true);
        pass.Run();
        memory.HttpChange = Change(memory.HttpRoutes, memory.HttpRoutes = httpRoutes.ToImmutable(), pass.Updated(isGrpc: false));
        memory.GrpcChange = Change(memory.GrpcRoutes, memory.GrpcRoutes = grpcRoutes.ToImmutable(), pass.Updated(isGrpc: true));
        if (snapshot.HttpRoutes.IsEmpty || snapshot.GrpcRoutes.IsEmpty)
            memory.Rivals = null;
        CompiledRoutes += compiler.Compiled;

        static DictionaryChange? Change(object before, object after, IReadOnlyCollection<NamespacedName>? keys) =>
            keys is null ? null : new DictionaryChange(before, after, keys);
    }

    private void UpdateStreams(Memory memory, ResourceSnapshot snapshot, SnapshotChanges changes, RouteDependencies dependencies)
    {
        var attacher = new RouteAttacher(memory.Gateways, rivals: null, memory.Statuses);
        var namespaces = new NamespaceLabels(snapshot.Namespaces);
        memory.TlsRoutes = Update("TLSRoute", memory.TlsRoutes, snapshot.TlsRoutes, changes.TlsRoutes);
        memory.TcpRoutes = Update("TCPRoute", memory.TcpRoutes, snapshot.TcpRoutes, changes.TcpRoutes);
        memory.UdpRoutes = Update("UDPRoute", memory.UdpRoutes, snapshot.UdpRoutes, changes.UdpRoutes, isDatagram: true);

        ImmutableDictionary<NamespacedName, StreamMemo> Update<T>(
            string kind,
            ImmutableDictionary<NamespacedName, StreamMemo> memos,
            ImmutableDictionary<NamespacedName, T> routes,
            IReadOnlySet<NamespacedName> changed,
            bool isDatagram = false)
            where T : Layer4Route
        {
            var services = new ServiceResolver(snapshot, memory.Grants, kind, isDatagram ? "UDP" : "TCP");
            var updater = new StreamUpdater(new StreamCompiler(services, memory.BackendTls, memory.Clusters, isDatagram), attacher, namespaces, dependencies);
            var updated = updater.Update(memos, routes, changed);
            CompiledRoutes += updater.Compiled;
            return updated;
        }
    }

    private static RuleCompiler Rules(Memory memory, ResourceSnapshot snapshot, string routeKind, UpstreamProtocol unstated)
    {
        var services = new ServiceResolver(snapshot, memory.Grants, routeKind, "TCP");
        var backends = new BackendResolver(services, memory.BackendTls, memory.Clusters, unstated, memory.Backends);
        return new RuleCompiler(backends, new FilterCompiler(snapshot, backends));
    }

    private static void AddRoutes<T>(RoutePass pass, ImmutableDictionary<NamespacedName, T> routes, IReadOnlySet<NamespacedName> changed, IReadOnlySet<NamespacedName> repoliced, RouteDependencies dependencies, bool isGrpc)
        where T : Layer7Route
    {
        foreach (var key in changed)
        {
            if (routes.TryGetValue(key, out var route))
                pass.Add(route, compile: true);
            else
                pass.Remove(key, isGrpc);
        }
        foreach (var key in repoliced)
        {
            if (!changed.Contains(key) && routes.TryGetValue(key, out var route))
                pass.Add(route, compile: false);
        }
        if (!dependencies.Any)
            return;
        foreach (var (key, route) in routes)
        {
            var compile = dependencies.ReferencesChanged(route);
            if ((compile || dependencies.ParentsChanged(route)) && !changed.Contains(key))
                pass.Add(route, compile);
        }
    }

    private static void UpdateClasses(Memory memory, ResourceSnapshot snapshot, ParametersJudge parameters)
    {
        var classes = new Dictionary<NamespacedName, GatewayClassStatus>();
        foreach (var (key, gatewayClass) in snapshot.GatewayClasses)
        {
            if (!memory.Gateways.IsOurs(gatewayClass))
                continue;
            var status = GatewayClassJudge.Judge(gatewayClass, parameters);
            var old = memory.Classes.GetValueOrDefault(key);
            classes.Add(key, old is not null && old.Conditions.SequenceEqual(status.Conditions) ? old : status);
        }
        memory.Classes = classes;
    }

    private TranslationResult Collect(Memory memory, ResourceSnapshot snapshot, TranslationResult? sameGateways)
    {
        var gateways = memory.Gateways.States
            .OrderBy(state => state.Key.Namespace, StringComparer.Ordinal)
            .ThenBy(state => state.Key.Name, StringComparer.Ordinal)
            .ToList();
        return new TranslationResult
        {
            Configurations = sameGateways?.Configurations ?? [.. gateways.Select(state => state.Value.Configuration).OfType<ProxyConfiguration>()],
            GatewayClasses = memory.Classes,
            Gateways = sameGateways?.Gateways ?? gateways.ToDictionary(state => state.Key, state => state.Value.Status!),
            ListenerSets = memory.ListenerSets.All,
            ListenerSetChange = memory.ListenerSets.Change,
            ListenerSetsOf = sameGateways?.ListenerSetsOf ?? gateways.Where(state => state.Value.Sets.Count > 0).ToDictionary(state => state.Key, state => state.Value.SetNames),
            HttpRoutes = RouteStatuses<RouteMemo>.Of(memory.HttpRoutes, memory.Result?.HttpRoutes, memory.HttpChange),
            GrpcRoutes = RouteStatuses<RouteMemo>.Of(memory.GrpcRoutes, memory.Result?.GrpcRoutes, memory.GrpcChange),
            TlsRoutes = RouteStatuses<StreamMemo>.Of(memory.TlsRoutes, memory.Result?.TlsRoutes),
            TcpRoutes = RouteStatuses<StreamMemo>.Of(memory.TcpRoutes, memory.Result?.TcpRoutes),
            UdpRoutes = RouteStatuses<StreamMemo>.Of(memory.UdpRoutes, memory.Result?.UdpRoutes),
            BackendTlsPolicies = memory.Policies.Current,
            TrafficPolicies = memory.TrafficStatuses.Current,
            ListenerPolicies = memory.ListenerPolicies.Current.Statuses,
            HttpListenerPolicies = memory.ListenerPolicies.Http.Statuses,
            BackendConfigPolicies = memory.BackendConfigs.Statuses,
            Backends = memory.Backends.Statuses,
            GatewayExtensions = memory.Extensions.Statuses,
            Notices = [.. GatewayNotices.Of(snapshot, _options, [.. gateways.Select(state => state.Value)]), .. memory.Clusters.Notices, .. memory.Policies.Notices],
            Certificates = memory.Gateways.Certificates,
            ChangesAt = memory.Gateways.ChangesAt,
        };
    }

    // What is known of the snapshot before.
    private sealed class Memory
    {
        public Memory(TranslatorOptions options)
        {
            BackendTls = new BackendTlsBook();
            Policies = new PolicyStatuses(BackendTls);
            BackendConfigs = new BackendConfigBook(options.GlobalPolicyNamespace);
            Clusters = new ClusterTable(BackendTls, BackendConfigs);
            ListenerPolicies = new ListenerPolicies(options.GlobalPolicyNamespace);
            TrafficPolicies = new TrafficPolicyBook(options.GlobalPolicyNamespace);
            TrafficStatuses = new TrafficPolicyStatuses(TrafficPolicies, options.ControllerNames);
            Gateways = new GatewayBook(options, ListenerPolicies);
        }

        public ResourceSnapshot Snapshot { get; set; } = ResourceSnapshot.Empty;

        public TranslationResult? Result { get; set; }

        public GrantIndex Grants { get; set; } = new(ImmutableDictionary<NamespacedName, ReferenceGrant>.Empty);

        public BackendTlsBook BackendTls { get; }

        public PolicyStatuses Policies { get; }

        public BackendConfigBook BackendConfigs { get; }

        public ListenerPolicies ListenerPolicies { get; }

        public TrafficPolicyBook TrafficPolicies { get; }

        public TrafficPolicyStatuses TrafficStatuses { get; }

        public ObjectBook<Backend> Backends { get; } = new(BackendTypes.Check);

        public ObjectBook<GatewayExtension> Extensions { get; } = new(ExtensionTypes.Check);

        public ClusterTable Clusters { get; }

        public GatewayBook Gateways { get; }

        public RouteStatusInterner Statuses { get; } = new();

        public ListenerSetStatuses ListenerSets { get; set; } = ListenerSetStatuses.Empty;

        public ImmutableDictionary<NamespacedName, RouteMemo> HttpRoutes { get; set; } = ImmutableDictionary<NamespacedName, RouteMemo>.Empty;

        public ImmutableDictionary<NamespacedName, RouteMemo> GrpcRoutes { get; set; } = ImmutableDictionary<NamespacedName, RouteMemo>.Empty;

        public ImmutableDictionary<NamespacedName, StreamMemo> TlsRoutes { get; set; } = ImmutableDictionary<NamespacedName, StreamMemo>.Empty;

        public ImmutableDictionary<NamespacedName, StreamMemo> TcpRoutes { get; set; } = ImmutableDictionary<NamespacedName, StreamMemo>.Empty;

        public ImmutableDictionary<NamespacedName, StreamMemo> UdpRoutes { get; set; } = ImmutableDictionary<NamespacedName, StreamMemo>.Empty;

        /// <summary>How <see cref="HttpRoutes"/> came to be of what they were before; null: not known.</summary>
        public DictionaryChange? HttpChange { get; set; }

        public DictionaryChange? GrpcChange { get; set; }

        /// <summary>Null while there are HTTPRoutes or GRPCRoutes only.</summary>
        public RouteRivals? Rivals { get; set; }

        public IReadOnlyDictionary<NamespacedName, GatewayClassStatus> Classes { get; set; } = new Dictionary<NamespacedName, GatewayClassStatus>();
    }
}
