using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Feeds;

/// <summary>Reads the store.</summary>
internal sealed class ObjectFeed(ObjectStore store, KindCatalog catalog) : IObjectFeed
{
    public IObjectFeedReader Open(IReadOnlyCollection<ResourceKind>? kinds = null)
    {
        var tables = (kinds ?? catalog.All).Where(kind => !kind.IsReviewOnly).Select(store.Table).Distinct().ToList();
        return new Reader(new StoreReader(store, tables));
    }

    private sealed class Reader(StoreReader reader) : IObjectFeedReader
    {
        private readonly List<StoreChange> _changes = [];

        public async ValueTask<ObjectBatch> ReadAsync(CancellationToken cancellationToken)
        {
            var isAll = await reader.ReadAsync(_changes, cancellationToken).ConfigureAwait(false);
            return new ObjectBatch(isAll, reader.Position, [.. _changes.Select(Change)]);
        }

        private static ObjectChange Change(StoreChange change) =>
            new(change.Object.Kind, change.Object.Key, change.Object.Json, change.IsRemoval, change.Object.File);
    }
}
