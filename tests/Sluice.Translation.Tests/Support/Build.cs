using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Backends;
using Sluice.Resources.Policies.Extensions;
using Sluice.Resources.Policies.Listeners;
using Sluice.Resources.Policies.Traffic;

namespace Sluice.Translation.Tests.Support;

/// <summary>Short ways to write resources in tests. Everything is in namespace "default" unless it says otherwise.</summary>
internal static class Build
{
    public const string Space = "default";

    public static ObjectMeta Meta(string name, string space = Space, long generation = 1) => new() { Name = name, Namespace = space, Generation = generation };

    public static GatewayClass Class(string name = "sluice", string controller = TranslatorOptions.DefaultControllerName) =>
        new() { Metadata = Meta(name, ""), ControllerName = controller };

    public static GatewayListener Http(string name = "http", int port = 80, string? hostname = null, FromNamespaces from = FromNamespaces.Same) =>
        new() { Name = name, Port = port, Protocol = "HTTP", Hostname = hostname, AllowedRoutes = new AllowedRoutes { From = from } };

    public static GatewayListener Https(string name, string? hostname, string secret, int port = 443) => Http(name, port, hostname) with
    {
        Protocol = "HTTPS",
        Tls = new ListenerTls { CertificateRefs = [new SecretObjectReference(secret)] },
    };

    public static ListenerSet Set(string name, string gateway, params GatewayListener[] listeners) =>
        new() { Metadata = Meta(name), ParentRef = new ParentReference(gateway, Space), Listeners = listeners };

    public static Gateway Gateway(string name, params GatewayListener[] listeners) =>
        new() { Metadata = Meta(name), GatewayClassName = "sluice", Listeners = listeners.Length == 0 ? [Http()] : listeners };

    public static HttpRoute Route(string name, string gateway, params HttpRouteRule[] rules) =>
        new() { Metadata = Meta(name), ParentRefs = [new ParentReference(gateway)], Rules = rules };

    public static HttpRouteRule Rule(string path, params HttpBackendRef[] backends) =>
        new() { Matches = [new HttpRouteMatch { PathValue = path }], BackendRefs = backends };

    public static HttpBackendRef Backend(string service, int port = 80, string? space = null) => new() { Name = service, Namespace = space, Port = port };

    public static Service Service(string name, string space = Space, params int[] ports) => new()
    {
        Metadata = Meta(name, space),
        Ports = [.. (ports.Length == 0 ? [80] : ports).Select(port => new ServicePort(ports.Length < 2 ? "" : $"p{port}", port))],
    };

    /// <summary>A policy that trusts the ConfigMap, or without one the system.</summary>
    public static BackendTlsPolicy Policy(string name, string service, string? authorities = null, string hostname = "backend.internal", string? section = null) => new()
    {
        Metadata = Meta(name),
        TargetRefs = [new PolicyTargetReference("", "Service", service, section)],
        Validation = new BackendTlsPolicyValidation
        {
            Hostname = hostname,
            CaCertificateRefs = authorities is null ? [] : [new LocalObjectReference("", "ConfigMap", authorities)],
            WellKnownCaCertificates = authorities is null ? "System" : null,
        },
    };

    public static EndpointSlice Slice(string service, string address, int port = 8080, string space = Space) => new()
    {
        Metadata = Meta($"{service}-1", space) with { Labels = new Dictionary<string, string> { [EndpointSlice.ServiceNameLabel] = service } },
        AddressType = "IPv4",
        Endpoints = [new SliceEndpoint([address])],
        Ports = [new EndpointPort("", port)],
    };

    public static ResourceSnapshot Snapshot(params KubernetesObject[] objects) => ResourceSnapshot.Empty.With(objects);

    /// <summary>Adds or replaces objects, as a source would.</summary>
    public static ResourceSnapshot With(this ResourceSnapshot snapshot, params KubernetesObject[] objects)
    {
        foreach (var item in objects)
        {
            snapshot = item switch
            {
                GatewayClass one => snapshot with { GatewayClasses = snapshot.GatewayClasses.SetItem(one.Key, one) },
                Resources.GatewayApi.Gateway one => snapshot with { Gateways = snapshot.Gateways.SetItem(one.Key, one) },
                ListenerSet one => snapshot with { ListenerSets = snapshot.ListenerSets.SetItem(one.Key, one) },
                HttpRoute one => snapshot with { HttpRoutes = snapshot.HttpRoutes.SetItem(one.Key, one) },
                GrpcRoute one => snapshot with { GrpcRoutes = snapshot.GrpcRoutes.SetItem(one.Key, one) },
                TlsRoute one => snapshot with { TlsRoutes = snapshot.TlsRoutes.SetItem(one.Key, one) },
                TcpRoute one => snapshot with { TcpRoutes = snapshot.TcpRoutes.SetItem(one.Key, one) },
                UdpRoute one => snapshot with { UdpRoutes = snapshot.UdpRoutes.SetItem(one.Key, one) },
                BackendTlsPolicy one => snapshot with { BackendTlsPolicies = snapshot.BackendTlsPolicies.SetItem(one.Key, one) },
                TrafficPolicy one => snapshot with { TrafficPolicies = snapshot.TrafficPolicies.SetItem(one.Key, one) },
                ListenerPolicy one => snapshot with { ListenerPolicies = snapshot.ListenerPolicies.SetItem(one.Key, one) },
                HttpListenerPolicy one => snapshot with { HttpListenerPolicies = snapshot.HttpListenerPolicies.SetItem(one.Key, one) },
                BackendConfigPolicy one => snapshot with { BackendConfigPolicies = snapshot.BackendConfigPolicies.SetItem(one.Key, one) },
                Backend one => snapshot with { Backends = snapshot.Backends.SetItem(one.Key, one) },
                GatewayExtension one => snapshot with { GatewayExtensions = snapshot.GatewayExtensions.SetItem(one.Key, one) },
                ReferenceGrant one => snapshot with { ReferenceGrants = snapshot.ReferenceGrants.SetItem(one.Key, one) },
                Namespace one => snapshot with { Namespaces = snapshot.Namespaces.SetItem(one.Key, one) },
                Service one => snapshot with { Services = snapshot.Services.SetItem(one.Key, one) },
                EndpointSlice one => snapshot with { EndpointSlices = snapshot.EndpointSlices.SetItem(one.Key, one) },
                Endpoints one => snapshot with { Endpoints = snapshot.Endpoints.SetItem(one.Key, one) },
                Secret one => snapshot with { Secrets = snapshot.Secrets.SetItem(one.Key, one) },
                Resources.Kgateway.DirectResponse one => snapshot with { DirectResponses = snapshot.DirectResponses.SetItem(one.Key, one) },
                ConfigMap one => snapshot with { ConfigMaps = snapshot.ConfigMaps.SetItem(one.Key, one) },
                Resources.Kgateway.GatewayParameters one => snapshot with { GatewayParameters = snapshot.GatewayParameters.SetItem(one.Key, one) },
                _ => throw new ArgumentException($"no place for {item.Kind}", nameof(objects)),
            };
        }
        return snapshot;
    }

    public static ResourceSnapshot Without(this ResourceSnapshot snapshot, HttpRoute route) =>
        snapshot with { HttpRoutes = snapshot.HttpRoutes.Remove(route.Key) };

    public static ResourceSnapshot Without(this ResourceSnapshot snapshot, GrpcRoute route) =>
        snapshot with { GrpcRoutes = snapshot.GrpcRoutes.Remove(route.Key) };

    public static Condition Condition(this IReadOnlyList<Condition> conditions, string type) => conditions.Single(condition => condition.Type == type);

    public static NamespacedName Name(string name, string space = Space) => new(space, name);
}
