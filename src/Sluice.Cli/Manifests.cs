using Sluice.Controller.Clustered;
using Sluice.Controller.Offline;
using Sluice.Controller.Standalone;
using Sluice.Kubernetes.Access;

namespace Sluice.Cli;

/// <summary>Reads manifests, or a cluster, for commands that do not serve them.</summary>
internal static class Manifests
{
    /// <exception cref="UserErrorException">A path does not exist.</exception>
    public static OfflineManifests Load(StandaloneOptions options)
    {
        try
        {
            return OfflineManifests.Load(options);
        }
        catch (StandaloneException error)
        {
            throw new UserErrorException(error.Message);
        }
    }

    /// <exception cref="UserErrorException">The cluster cannot be read.</exception>
    public static async Task<OfflineManifests> LoadAsync(ClusterAccess access, IReadOnlyList<string> controllerNames, CancellationToken cancellation)
    {
        try
        {
            return await OfflineCluster.LoadAsync(new ClusterOptions { Access = access, ControllerNames = controllerNames }, cancellation);
        }
        catch (ClusterException error)
        {
            throw new UserErrorException($"{access}: {error.Message}");
        }
    }
}
