using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;

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

    /// <summary>Of claimed Gateways. Programmed is Pending until <see cref="GatewayProgramming.Complete"/> has been told the data plane's answer.</summary>
    public required IReadOnlyDictionary<NamespacedName, GatewayStatus> Gateways { get; init; }

    /// <summary>Of routes with a parentRef to a claimed Gateway; only those parents are in it.</summary>
    public required IReadOnlyDictionary<NamespacedName, RouteStatus> HttpRoutes { get; init; }

    /// <inheritdoc cref="HttpRoutes"/>
    public required IReadOnlyDictionary<NamespacedName, RouteStatus> GrpcRoutes { get; init; }

    /// <summary>The statuses of the routes of every kind.</summary>
    public IEnumerable<(string Kind, NamespacedName Key, RouteStatus Status)> Routes =>
        HttpRoutes.Select(route => ("HTTPRoute", route.Key, route.Value)).Concat(GrpcRoutes.Select(route => ("GRPCRoute", route.Key, route.Value)));

    public required IReadOnlyList<Notice> Notices { get; init; }
}
