using Sluice.ApiServer.Kinds;

namespace Sluice.ApiServer.Feeds;

/// <summary>The objects of the API and their changes, without HTTP.</summary>
public interface IObjectFeed
{
    /// <param name="kinds">Null for all.</param>
    /// <returns>A reader that begins with all objects.</returns>
    IObjectFeedReader Open(IReadOnlyCollection<ResourceKind>? kinds = null);
}
