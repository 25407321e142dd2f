using System.Collections.Immutable;
using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Kgateway;

namespace Sluice.Translation;

/// <summary>
/// What a snapshot means. Immutable; whatever is the same as in the result before is the same instance, so that publishers and
/// status writers find differences by comparing references.
/// </summary>
public sealed record TranslationResult
{
    /// <summary>One per Gateway that can be served, in order of names. A Gateway that is claimed but not accepted, or has no address, has none.</summary>
    public required IReadOnlyList<ProxyConfiguration> Configurations { get; init; }

    /// <summary>Of our classes only.</summary>
    public required IReadOnlyDictionary<NamespacedName, GatewayClassStatus> GatewayClasses { get; init; }

    /// <summary>Of claimed Gateways. Programmed is Pending until <see cref="GatewayProgramming"/> has been told the data plane's answer.</summary>
    public required IReadOnlyDictionary<NamespacedName, GatewayStatus> Gateways { get; init; }

    /// <summary>Of ListenerSets that name a claimed Gateway. Programmed as with Gateways.</summary>
    public required IReadOnlyDictionary<NamespacedName, ListenerSetStatus> ListenerSets { get; init; }

    /// <summary>How <see cref="ListenerSets"/> came to be of those of the result before; null when that is not known.</summary>
    public DictionaryChange? ListenerSetChange { get; init; }

    /// <summary>Which of these name which Gateway, in order of precedence; Gateways without any are not in it.</summary>
    public required IReadOnlyDictionary<NamespacedName, IReadOnlyList<NamespacedName>> ListenerSetsOf { get; init; }

    /// <summary>Of routes with a parentRef to a claimed Gateway or its ListenerSet; only those parents are in it.</summary>
    public required IReadOnlyDictionary<NamespacedName, RouteStatus> HttpRoutes { get; init; }

    /// <inheritdoc cref="HttpRoutes"/>
    public required IReadOnlyDictionary<NamespacedName, RouteStatus> GrpcRoutes { get; init; }

    /// <inheritdoc cref="HttpRoutes"/>
    public required IReadOnlyDictionary<NamespacedName, RouteStatus> TlsRoutes { get; init; }

    /// <inheritdoc cref="HttpRoutes"/>
    public required IReadOnlyDictionary<NamespacedName, RouteStatus> TcpRoutes { get; init; }

    /// <inheritdoc cref="HttpRoutes"/>
    public required IReadOnlyDictionary<NamespacedName, RouteStatus> UdpRoutes { get; init; }

    /// <summary>Of policies for Services that routes of claimed Gateways use.</summary>
    public required IReadOnlyDictionary<NamespacedName, PolicyStatus> BackendTlsPolicies { get; init; }

    /// <summary>Of policies that reach a claimed Gateway, or whose targets are not there.</summary>
    public IReadOnlyDictionary<NamespacedName, PolicyStatus> TrafficPolicies { get; init; } = ImmutableDictionary<NamespacedName, PolicyStatus>.Empty;

    /// <inheritdoc cref="TrafficPolicies"/>
    public IReadOnlyDictionary<NamespacedName, PolicyStatus> ListenerPolicies { get; init; } = ImmutableDictionary<NamespacedName, PolicyStatus>.Empty;

    /// <inheritdoc cref="TrafficPolicies"/>
    public IReadOnlyDictionary<NamespacedName, PolicyStatus> HttpListenerPolicies { get; init; } = ImmutableDictionary<NamespacedName, PolicyStatus>.Empty;

    /// <inheritdoc cref="TrafficPolicies"/>
    public IReadOnlyDictionary<NamespacedName, PolicyStatus> BackendConfigPolicies { get; init; } = ImmutableDictionary<NamespacedName, PolicyStatus>.Empty;

    /// <summary>Of all Backends.</summary>
    public IReadOnlyDictionary<NamespacedName, ObjectStatus> Backends { get; init; } = ImmutableDictionary<NamespacedName, ObjectStatus>.Empty;

    /// <summary>Of all GatewayExtensions.</summary>
    public IReadOnlyDictionary<NamespacedName, ObjectStatus> GatewayExtensions { get; init; } = ImmutableDictionary<NamespacedName, ObjectStatus>.Empty;

    /// <summary>The statuses of the policies of every kind, kind by kind.</summary>
    public IEnumerable<(string Kind, IReadOnlyDictionary<NamespacedName, PolicyStatus> Statuses)> PoliciesByKind =>
    [
        ("BackendTLSPolicy", BackendTlsPolicies), ("TrafficPolicy", TrafficPolicies), ("ListenerPolicy", ListenerPolicies),
        ("HTTPListenerPolicy", HttpListenerPolicies), ("BackendConfigPolicy", BackendConfigPolicies),
    ];

    /// <summary>The statuses of the kinds that stand for themselves, kind by kind.</summary>
    public IEnumerable<(string Kind, IReadOnlyDictionary<NamespacedName, ObjectStatus> Statuses)> ObjectsByKind => [("Backend", Backends), ("GatewayExtension", GatewayExtensions)];

    /// <summary>The statuses of the routes of every kind, kind by kind.</summary>
    public IEnumerable<(string Kind, IReadOnlyDictionary<NamespacedName, RouteStatus> Statuses)> RoutesByKind =>
    [
        ("HTTPRoute", HttpRoutes), ("GRPCRoute", GrpcRoutes), ("TLSRoute", TlsRoutes), ("TCPRoute", TcpRoutes), ("UDPRoute", UdpRoutes),
    ];

    /// <summary>The statuses of the routes of every kind.</summary>
    public IEnumerable<(string Kind, NamespacedName Key, RouteStatus Status)> Routes =>
        RoutesByKind.SelectMany(kind => kind.Statuses.Select(route => (kind.Kind, route.Key, route.Value)));

    public required IReadOnlyList<Notice> Notices { get; init; }

    /// <summary>Of every certificate that Gateways and ListenerSets refer to and that can be used, in order of names.</summary>
    public IReadOnlyCollection<CertificateValidity> Certificates { get; init; } = [];

    /// <summary>
    /// When the same snapshot means something else, because a certificate begins or ends to be valid: translate it again then.
    /// Null: never, or no time was given.
    /// </summary>
    public DateTimeOffset? ChangesAt { get; init; }
}
