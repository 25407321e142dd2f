using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Kgateway;
using Sluice.Resources.Policies.Backends;
using Sluice.Resources.Policies.Extensions;
using Sluice.Resources.Policies.Foreign;
using Sluice.Resources.Policies.Listeners;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Resources;

/// <summary>
/// Changes to a snapshot, collected and then made into a new one that shares everything else with it. Costs in proportion to
/// the changes, not to the snapshot. Not thread-safe.
/// </summary>
public sealed class ResourceSnapshotBuilder(ResourceSnapshot start)
{
    private readonly SnapshotPart<GatewayClass> _gatewayClasses = new(start.GatewayClasses);
    private readonly SnapshotPart<Gateway> _gateways = new(start.Gateways);
    private readonly SnapshotPart<ListenerSet> _listenerSets = new(start.ListenerSets);
    private readonly SnapshotPart<HttpRoute> _httpRoutes = new(start.HttpRoutes);
    private readonly SnapshotPart<GrpcRoute> _grpcRoutes = new(start.GrpcRoutes);
    private readonly SnapshotPart<TlsRoute> _tlsRoutes = new(start.TlsRoutes);
    private readonly SnapshotPart<TcpRoute> _tcpRoutes = new(start.TcpRoutes);
    private readonly SnapshotPart<UdpRoute> _udpRoutes = new(start.UdpRoutes);
    private readonly SnapshotPart<BackendTlsPolicy> _backendTlsPolicies = new(start.BackendTlsPolicies);
    private readonly SnapshotPart<ReferenceGrant> _referenceGrants = new(start.ReferenceGrants);
    private readonly SnapshotPart<Namespace> _namespaces = new(start.Namespaces);
    private readonly SnapshotPart<Service> _services = new(start.Services);
    private readonly SnapshotPart<EndpointSlice> _endpointSlices = new(start.EndpointSlices);
    private readonly SnapshotPart<Endpoints> _endpoints = new(start.Endpoints);
    private readonly SnapshotPart<Secret> _secrets = new(start.Secrets);
    private readonly SnapshotPart<ConfigMap> _configMaps = new(start.ConfigMaps);
    private readonly SnapshotPart<DirectResponse> _directResponses = new(start.DirectResponses);
    private readonly SnapshotPart<GatewayParameters> _gatewayParameters = new(start.GatewayParameters);
    private readonly SnapshotPart<TrafficPolicy> _trafficPolicies = new(start.TrafficPolicies);
    private readonly SnapshotPart<ListenerPolicy> _listenerPolicies = new(start.ListenerPolicies);
    private readonly SnapshotPart<HttpListenerPolicy> _httpListenerPolicies = new(start.HttpListenerPolicies);
    private readonly SnapshotPart<BackendConfigPolicy> _backendConfigPolicies = new(start.BackendConfigPolicies);
    private readonly SnapshotPart<Backend> _backends = new(start.Backends);
    private readonly SnapshotPart<GatewayExtension> _gatewayExtensions = new(start.GatewayExtensions);
    private readonly SnapshotPart<RateLimitFilter> _rateLimitFilters = new(start.RateLimitFilters);
    private readonly SnapshotPart<AuthConfig> _authConfigs = new(start.AuthConfigs);
    private readonly SnapshotPart<DynamicForwardProxy> _dynamicForwardProxies = new(start.DynamicForwardProxies);
    private readonly SnapshotPart<AiGateway> _aiGateways = new(start.AiGateways);
    private readonly SnapshotPart<PromptGuard> _promptGuards = new(start.PromptGuards);

    /// <summary>The object of the same kind, namespace and name that is in force; null when there is none.</summary>
    public KubernetesObject? Find(KubernetesObject like) => PartOf(like).Find(like.Key);

    /// <summary>The object that is in force; null when there is none.</summary>
    /// <param name="kind">As in manifests.</param>
    /// <param name="key">Of the object.</param>
    /// <exception cref="ArgumentException">A snapshot holds no objects of that kind.</exception>
    public KubernetesObject? Find(string kind, NamespacedName key) => PartOf(kind).Find(key);

    /// <summary>Puts the object in, in place of one of the same kind, namespace and name.</summary>
    public void Set(KubernetesObject value) => PartOf(value).Set(value);

    /// <summary>Takes the object of the same kind, namespace and name out; nothing happens when there is none.</summary>
    public void Remove(KubernetesObject like) => PartOf(like).Remove(like.Key);

    /// <summary>Takes the object out; nothing happens when there is none.</summary>
    /// <param name="kind">As in manifests.</param>
    /// <param name="key">Of the object.</param>
    /// <exception cref="ArgumentException">A snapshot holds no objects of that kind.</exception>
    public void Remove(string kind, NamespacedName key) => PartOf(kind).Remove(key);

    /// <summary>The changed snapshot; the very instance it began with when nothing has changed.</summary>
    public ResourceSnapshot ToSnapshot()
    {
        SnapshotPart[] parts =
        [
            _gatewayClasses, _gateways, _listenerSets, _httpRoutes, _grpcRoutes, _tlsRoutes, _tcpRoutes, _udpRoutes,
            _backendTlsPolicies, _referenceGrants, _namespaces, _services,
            _endpointSlices, _endpoints, _secrets, _configMaps, _directResponses, _gatewayParameters,
            _trafficPolicies, _listenerPolicies, _httpListenerPolicies, _backendConfigPolicies, _backends, _gatewayExtensions,
            _rateLimitFilters, _authConfigs, _dynamicForwardProxies, _aiGateways, _promptGuards,
        ];
        if (!parts.Any(part => part.IsChanged))
            return start;
        return new ResourceSnapshot
        {
            GatewayClasses = _gatewayClasses.ToImmutable(),
            Gateways = _gateways.ToImmutable(),
            ListenerSets = _listenerSets.ToImmutable(),
            HttpRoutes = _httpRoutes.ToImmutable(),
            GrpcRoutes = _grpcRoutes.ToImmutable(),
            TlsRoutes = _tlsRoutes.ToImmutable(),
            TcpRoutes = _tcpRoutes.ToImmutable(),
            UdpRoutes = _udpRoutes.ToImmutable(),
            BackendTlsPolicies = _backendTlsPolicies.ToImmutable(),
            ReferenceGrants = _referenceGrants.ToImmutable(),
            Namespaces = _namespaces.ToImmutable(),
            Services = _services.ToImmutable(),
            EndpointSlices = _endpointSlices.ToImmutable(),
            Endpoints = _endpoints.ToImmutable(),
            Secrets = _secrets.ToImmutable(),
            ConfigMaps = _configMaps.ToImmutable(),
            DirectResponses = _directResponses.ToImmutable(),
            GatewayParameters = _gatewayParameters.ToImmutable(),
            TrafficPolicies = _trafficPolicies.ToImmutable(),
            ListenerPolicies = _listenerPolicies.ToImmutable(),
            HttpListenerPolicies = _httpListenerPolicies.ToImmutable(),
            BackendConfigPolicies = _backendConfigPolicies.ToImmutable(),
            Backends = _backends.ToImmutable(),
            GatewayExtensions = _gatewayExtensions.ToImmutable(),
            RateLimitFilters = _rateLimitFilters.ToImmutable(),
            AuthConfigs = _authConfigs.ToImmutable(),
            DynamicForwardProxies = _dynamicForwardProxies.ToImmutable(),
            AiGateways = _aiGateways.ToImmutable(),
            PromptGuards = _promptGuards.ToImmutable(),
            Changes = [.. parts.Select(part => part.Change).OfType<DictionaryChange>()],
        };
    }

    private SnapshotPart PartOf(string kind) => kind switch
    {
        "HTTPRoute" => _httpRoutes,
        "GRPCRoute" => _grpcRoutes,
        "TLSRoute" => _tlsRoutes,
        "TCPRoute" => _tcpRoutes,
        "UDPRoute" => _udpRoutes,
        "BackendTLSPolicy" => _backendTlsPolicies,
        "Service" => _services,
        "EndpointSlice" => _endpointSlices,
        "Gateway" => _gateways,
        "ListenerSet" => _listenerSets,
        "GatewayClass" => _gatewayClasses,
        "ReferenceGrant" => _referenceGrants,
        "Namespace" => _namespaces,
        "Endpoints" => _endpoints,
        "Secret" => _secrets,
        "ConfigMap" => _configMaps,
        "DirectResponse" => _directResponses,
        "GatewayParameters" => _gatewayParameters,
        "TrafficPolicy" => _trafficPolicies,
        "ListenerPolicy" => _listenerPolicies,
        "HTTPListenerPolicy" => _httpListenerPolicies,
        "BackendConfigPolicy" => _backendConfigPolicies,
        "Backend" => _backends,
        "GatewayExtension" => _gatewayExtensions,
        "RateLimitFilter" => _rateLimitFilters,
        "AuthConfig" => _authConfigs,
        "DynamicForwardProxy" => _dynamicForwardProxies,
        "AIGateway" => _aiGateways,
        "PromptGuard" => _promptGuards,
        _ => throw new ArgumentException($"A snapshot holds no objects of the kind {kind}.", nameof(kind)),
    };

    private SnapshotPart PartOf(KubernetesObject value) => value switch
    {
        HttpRoute => _httpRoutes,
        GrpcRoute => _grpcRoutes,
        TlsRoute => _tlsRoutes,
        TcpRoute => _tcpRoutes,
        UdpRoute => _udpRoutes,
        BackendTlsPolicy => _backendTlsPolicies,
        Service => _services,
        EndpointSlice => _endpointSlices,
        Gateway => _gateways,
        ListenerSet => _listenerSets,
        GatewayClass => _gatewayClasses,
        ReferenceGrant => _referenceGrants,
        Namespace => _namespaces,
        Endpoints => _endpoints,
        Secret => _secrets,
        ConfigMap => _configMaps,
        DirectResponse => _directResponses,
        GatewayParameters => _gatewayParameters,
        TrafficPolicy => _trafficPolicies,
        ListenerPolicy => _listenerPolicies,
        HttpListenerPolicy => _httpListenerPolicies,
        BackendConfigPolicy => _backendConfigPolicies,
        Backend => _backends,
        GatewayExtension => _gatewayExtensions,
        RateLimitFilter => _rateLimitFilters,
        AuthConfig => _authConfigs,
        DynamicForwardProxy => _dynamicForwardProxies,
        AiGateway => _aiGateways,
        PromptGuard => _promptGuards,
        _ => throw new ArgumentException($"A snapshot holds no objects of the kind {value.Kind}.", nameof(value)),
    };
}
