using Sluice.Configuration;
using Sluice.Resources.Policies.Backends;
using Sluice.Translation.Clusters;

namespace Sluice.Translation.Policies.Backends;

/// <summary>Clusters of Backends.</summary>
internal static class BackendClusters
{
    /// <param name="backend">The Backend.</param>
    /// <param name="unstated">What is spoken with one that does not say.</param>
    public static ClusterIdentity IdentityOf(Backend backend, UpstreamProtocol unstated) =>
        new(backend.Key, 0, Protocol(backend, unstated), IsBackend: true);

    private static UpstreamProtocol Protocol(Backend backend, UpstreamProtocol unstated) => backend.Static?.AppProtocol switch
    {
        "http2" or "grpc" or "kubernetes.io/h2c" => UpstreamProtocol.Http2,
        "grpc-web" or "kubernetes.io/ws" => UpstreamProtocol.Http1,
        _ => unstated,
    };
}
