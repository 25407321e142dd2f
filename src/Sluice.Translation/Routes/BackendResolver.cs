using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.Core;
using Sluice.Resources.GatewayApi;
using Sluice.Resources.Policies.Backends;
using Sluice.Translation.Clusters;
using Sluice.Translation.Policies;
using Sluice.Translation.Policies.Backends;
using Sluice.Translation.References;
using Sluice.Translation.Statuses;

namespace Sluice.Translation.Routes;

/// <summary>Resolves the backends of HTTPRoutes or of GRPCRoutes to cluster names.</summary>
/// <param name="services">Resolves the references of the kind of route.</param>
/// <param name="tls">Where TLS with backends is decided.</param>
/// <param name="clusters">Where names are taken from.</param>
/// <param name="unstated">What is spoken with a backend whose Service does not say.</param>
/// <param name="backends">Which Backends can be used.</param>
internal sealed class BackendResolver(ServiceResolver services, BackendTlsBook tls, ClusterTable clusters, UpstreamProtocol unstated, ObjectBook<Backend> backends)
{
    private readonly PolicedServices _policed = new(tls);

    /// <summary>
    /// The cluster, or null and why. Null without a problem: the reference is right, but a BackendTLSPolicy of its Service, or the
    /// Backend itself, whose status says more, cannot be followed.
    /// </summary>
    public string? Resolve(string routeNamespace, BackendObjectReference reference, out Finding? problem)
    {
        if (reference is { Group: GatewayApiGroup.Kgateway, Kind: "Backend" })
        {
            // Null without a problem: the status of the Backend says more.
            return services.FindBackend(routeNamespace, reference, out var backend, out problem) && backends.IsUsable(backend.Key)
                ? clusters.NameOf(BackendClusters.IdentityOf(backend, unstated))
                : null;
        }
        if (!services.Find(routeNamespace, reference, out var service, out var port, out problem))
            return null;
        _policed.Add(service.Key);
        problem = Decide(service, port, out var protocol, out var decision);
        if (problem is not null || decision.IsRefused)
            return null;
        return clusters.NameOf(new ClusterIdentity(service.Key, reference.Port!.Value, protocol, decision.IsTls));
    }

    public bool HasClientAffinity(string routeNamespace, BackendObjectReference reference) => services.HasClientAffinity(routeNamespace, reference);

    /// <summary>The Services with policies that were resolved since the last call; null for none.</summary>
    public NamespacedName[]? TakePoliced() => _policed.Take();

    private Finding? Decide(Service service, ServicePort? port, out UpstreamProtocol protocol, out BackendTlsDecision decision)
    {
        decision = tls.Decide(service, port);
        if (!BackendProtocol.TryFind(port?.AppProtocol, unstated, out protocol) && !decision.IsByPolicy)
            return new Finding(Reason.UnsupportedProtocol, $"port {port!.Port} of Service \"{service.Key}\" has appProtocol {port.AppProtocol}, which does not say what is spoken inside; use https, or a BackendTLSPolicy");

        // HTTP/1.1 has no place for gRPC's trailers in both directions: such a backend is none of a GRPCRoute.
        return protocol == UpstreamProtocol.Http1 && unstated == UpstreamProtocol.Http2
            ? new Finding(Reason.UnsupportedProtocol, $"port {port!.Port} of Service \"{service.Key}\" has appProtocol {port.AppProtocol}, which cannot carry gRPC")
            : null;
    }
}
