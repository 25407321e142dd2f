using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Clusters;
using Sluice.Translation.References;
using Sluice.Translation.Routes;

namespace Sluice.Translation.Policies;

/// <summary>Clusters of the servers that policies have asked.</summary>
internal static class PolicyBackends
{
    // A gRPC server speaks HTTP/2, whatever its Service says.
    private const string Grpc = "grpcService.";

    /// <param name="world">Where backends are.</param>
    /// <param name="name">The backend, which the policy may use.</param>
    /// <param name="reference">What names it.</param>
    /// <param name="field">The field with the reference.</param>
    /// <param name="problem">Why there is none.</param>
    /// <returns>The cluster's name, or null.</returns>
    public static string? Resolve(PolicyWorld world, NamespacedName name, BackendObjectReference reference, string field, out string? problem)
    {
        var unstated = field.Contains(Grpc, StringComparison.Ordinal) ? UpstreamProtocol.Http2 : UpstreamProtocol.Http1;
        return (reference.Group, reference.Kind) switch
        {
            ("", "Service") => OfService(world, name, reference, unstated, out problem),
            (GatewayApiGroup.Kgateway, "Backend") => OfBackend(world, name, unstated, out problem),
            _ => None($"kind {(reference.Group.Length == 0 ? reference.Kind : $"{reference.Kind}.{reference.Group}")} is not supported; use a core Service, or a Backend of {GatewayApiGroup.Kgateway}", out problem),
        };
    }

    private static string? OfBackend(PolicyWorld world, NamespacedName name, UpstreamProtocol unstated, out string? problem)
    {
        if (!world.Snapshot.Backends.TryGetValue(name, out var backend))
            return None($"Backend \"{name}\" does not exist", out problem);
        problem = null;
        return world.Clusters.NameOf(Backends.BackendClusters.IdentityOf(backend, unstated));
    }

    private static string? OfService(PolicyWorld world, NamespacedName name, BackendObjectReference reference, UpstreamProtocol unstated, out string? problem)
    {
        if (!world.Snapshot.Services.TryGetValue(name, out var service))
            return None($"Service \"{name}\" does not exist", out problem);
        if (reference.Port is not { } number)
            return None("port is missing", out problem);
        var port = ServiceResolver.PortOf(service, number, "TCP");
        if (port is null && !(service.Type == Resources.Core.ServiceType.ExternalName && service.Ports.Count == 0))
            return None($"Service \"{name}\" has no port {number}", out problem);
        var decision = world.Tls.Decide(service, port);
        if (decision.IsRefused)
            return None($"the BackendTLSPolicy of Service \"{name}\" cannot be followed", out problem);
        if (!BackendProtocol.TryFind(port?.AppProtocol, unstated, out var protocol) && !decision.IsByPolicy)
            return None($"port {number} of Service \"{name}\" has appProtocol {port!.AppProtocol}, which does not say what is spoken inside", out problem);
        if (unstated == UpstreamProtocol.Http2 && protocol == UpstreamProtocol.Http1)
            return None($"port {number} of Service \"{name}\" has appProtocol {port!.AppProtocol}, which cannot carry gRPC", out problem);
        problem = null;
        return world.Clusters.NameOf(new ClusterIdentity(name, number, protocol, decision.IsTls));
    }

    private static string? None(string why, out string? problem)
    {
        problem = why;
        return null;
    }
}
