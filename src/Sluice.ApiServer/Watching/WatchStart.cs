using Sluice.ApiServer.Reading;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Watching;

/// <summary>Where a watch begins.</summary>
/// <param name="Version">Changes after it are sent.</param>
/// <param name="Initial">Objects to send as added before that; null when the client knows them.</param>
/// <param name="EndsInitial">Whether a bookmark tells where the initial objects end.</param>
internal sealed record WatchStart(long Version, IEnumerable<StoredObject>? Initial, bool EndsInitial)
{
    /// <exception cref="ApiException">400: parameters that contradict each other.</exception>
    public static WatchStart Of(QueryParameters query, ObjectStore store, KindTable table)
    {
        var version = query["resourceVersion"] is { } text ? ListBounds.ParseVersion(text) : 0;
        var match = query["resourceVersionMatch"];
        var wantsInitial = query["sendInitialEvents"] is null ? (bool?)null : query.Flag("sendInitialEvents");
        if (wantsInitial is not null && match != "NotOlderThan")
            throw ApiException.BadRequest("sendInitialEvents needs resourceVersionMatch=NotOlderThan");
        if (wantsInitial is null && match is not null)
            throw ApiException.BadRequest("resourceVersionMatch is only for watches with sendInitialEvents");
        if (wantsInitial == true && !query.Flag("allowWatchBookmarks"))
            throw ApiException.BadRequest("sendInitialEvents=true needs allowWatchBookmarks=true");
        if (wantsInitial == true && version > store.Version)
            throw ListBounds.TooLarge(version, store.Version);
        if (wantsInitial == true || (wantsInitial is null && version == 0))
        {
            var (objects, now) = store.Snapshot(table.Kind);
            return new WatchStart(now, objects, wantsInitial == true);
        }

        return new WatchStart(version == 0 ? store.Version : version, null, false);
    }
}
