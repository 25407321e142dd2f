using Sluice.ApiServer.Deleting;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Store;

namespace Sluice.ApiServer.Background;

/// <summary>
/// What a cluster's controllers do for every API server: empties namespaces that go, deletes what has lost its owners, and forgets
/// Events after an hour. One loop over the store's changes.
/// </summary>
internal sealed class BackgroundWork
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);

    private readonly ObjectStore _store;
    private readonly StoreReader _reader;
    private readonly NamespaceEmptying _namespaces;
    private readonly OwnerCollection _owners;
    private readonly EventExpiry _events;
    private readonly TimeProvider _clock;
    private readonly Action<Exception> _faulted;

    public BackgroundWork(ObjectStore store, KindCatalog catalog, ObjectDeleter deleter, OwnerIndex owners, TimeProvider clock, Action<Exception> faulted)
    {
        _store = store;
        _reader = new StoreReader(store, store.Tables);
        _namespaces = new NamespaceEmptying(store, deleter, catalog.Find("", "Namespace")!);
        _owners = new OwnerCollection(store, catalog, deleter, owners);
        _events = new EventExpiry(store, catalog.Find("", "Event")!, clock);
        _clock = clock;
        _faulted = faulted;
    }

    public async Task RunAsync(CancellationToken stop)
    {
        var ticking = TickAsync(stop);
        var changes = new List<StoreChange>();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _reader.ReadAsync(changes, stop).ConfigureAwait(false);
                foreach (var change in changes)
                {
                    _owners.Follow(change);
                    _namespaces.Follow(change);
                }

                _namespaces.Work();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                break;
            }
            catch (Exception exception)
            {
                _faulted(exception);
            }
        }

        await ticking.ConfigureAwait(false);
    }

    private async Task TickAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Tick, _clock, stop).ConfigureAwait(false);
                _events.Work();
                foreach (var table in _store.Tables)
                    table.Log.Expire();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server stops.
        }
    }
}
