using Sluice.ApiServer.Requests;
using Sluice.ApiServer.Responses;
using Sluice.ApiServer.Selectors;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Views;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Watching;

/// <summary>Starts watches and counts them.</summary>
internal sealed class WatchHandler(ObjectStore store, WatchLimits limits, TimeProvider clock, CancellationToken stop)
{
    private int _count;

    /// <summary>Watches that are open.</summary>
    public int Count => Volatile.Read(ref _count);

    public LocalResponse Watch(ApiRequest request, ResourcePath path)
    {
        var filter = new ObjectFilter(path.Kind, path.Namespace, request.Query, path.Name.Length > 0 ? path.Name : null);
        var table = store.Table(path.Kind);
        var start = WatchStart.Of(request.Query, store, table);
        var stream = new WatchStream(store, table, filter, new ObjectView(request, path, clock), start, limits, clock)
        {
            WantsBookmarks = request.Query.Flag("allowWatchBookmarks"),
            Duration = request.Query.Number("timeoutSeconds") is { } seconds and > 0
                ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400))
                : limits.Duration * (1 + Random.Shared.NextDouble()),
        };
        if (start.Initial is null && (start.Version < table.Log.Floor || start.Version > store.Version))
            throw WatchStream.TooOld(start.Version);
        if (Count >= limits.MaxWatches)
            throw ApiException.TooManyRequests($"{limits.MaxWatches} watches are open, which is the limit");

        return new LocalResponse(200, "application/json", default)
        {
            WriteBody = async (body, cancellation) =>
            {
                Interlocked.Increment(ref _count);
                try
                {
                    using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stop);
                    await stream.RunAsync(body, either.Token).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    // The server stops: the client sees the stream's end, and comes again.
                }
                finally
                {
                    Interlocked.Decrement(ref _count);
                }
            },
        };
    }
}
