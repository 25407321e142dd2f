using System.Collections.Immutable;
using System.Globalization;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Reading;

/// <summary>Which moment a list is of, and where in it a page begins.</summary>
/// <param name="Objects">Everything of the kind at that moment.</param>
/// <param name="Version">The moment.</param>
/// <param name="After">The object before the page; null for the first page.</param>
internal sealed record ListBounds(ImmutableSortedSet<StoredObject> Objects, long Version, ObjectKey? After)
{
    /// <exception cref="ApiException">400: parameters that contradict each other; 410: the moment is forgotten; 504: it is yet to come.</exception>
    public static ListBounds Of(QueryParameters query, ResourceKind kind, ObjectStore store)
    {
        var version = query["resourceVersion"];
        var match = query["resourceVersionMatch"];
        if (match is not (null or "Exact" or "NotOlderThan"))
            throw ApiException.BadRequest($"resourceVersionMatch: must be Exact or NotOlderThan, found \"{match}\"");
        if (match is not null && version is null)
            throw ApiException.BadRequest("resourceVersionMatch is only for requests with a resourceVersion");
        if (query["continue"] is { } token)
        {
            if (match is not null || version is not (null or "0"))
                throw ApiException.BadRequest("resourceVersion and resourceVersionMatch cannot stand together with continue");
            var place = ContinueToken.Decode(token);
            return new ListBounds(At(place.Version, kind, store), place.Version, place.After);
        }

        if (version is null)
            return Now(kind, store);
        var wanted = ParseVersion(version);
        if (wanted > store.Version)
            throw TooLarge(wanted, store.Version);
        var isExact = match == "Exact" || (match is null && query["limit"] is not (null or "0") && wanted != 0);
        if (!isExact)
            return Now(kind, store);
        if (wanted == 0)
            throw ApiException.BadRequest("resourceVersionMatch=Exact needs a resourceVersion other than 0");
        return new ListBounds(At(wanted, kind, store), wanted, null);
    }

    /// <exception cref="ApiException">400: no version.</exception>
    public static long ParseVersion(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw ApiException.BadRequest($"resourceVersion: must be one that this server gave out, found \"{text}\"");

    public static ApiException TooLarge(long wanted, long current) =>
        new(new ApiStatus(504, "Timeout", $"Too large resource version: {wanted}, current: {current}")
        {
            Causes = [new StatusCause("ResourceVersionTooLarge", "Too large resource version", null)],
            RetryAfterSeconds = 1,
        });

    private static ListBounds Now(ResourceKind kind, ObjectStore store)
    {
        var (objects, version) = store.Snapshot(kind);
        return new ListBounds(objects, version, null);
    }

    private static ImmutableSortedSet<StoredObject> At(long version, ResourceKind kind, ObjectStore store)
    {
        if (version > store.Version)
            throw TooLarge(version, store.Version);
        return store.SnapshotAt(kind, version)
            ?? throw ApiException.Expired($"the state of resourceVersion {version} is no longer known; begin the list anew without continue and resourceVersion");
    }
}
