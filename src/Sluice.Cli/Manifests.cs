using Sluice.Controller.Offline;
using Sluice.Controller.Standalone;

namespace Sluice.Cli;

/// <summary>Reads manifests for commands that do not serve them.</summary>
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
}
