using Sluice.ApiServer.Background;
using Sluice.ApiServer.Deleting;
using Sluice.ApiServer.Discovery;
using Sluice.ApiServer.Feeds;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Reading;
using Sluice.ApiServer.Rules;
using Sluice.ApiServer.Security;
using Sluice.ApiServer.Seeds;
using Sluice.ApiServer.Store;
using Sluice.ApiServer.Watching;
using Sluice.ApiServer.Writing;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer;

/// <summary>
/// The Kubernetes REST API for the kinds that Sluice knows, in this process: real enough for kubectl and for controllers.
/// Objects are held in memory.
/// </summary>
public sealed class KubernetesApi : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ObjectStore _store;
    private readonly WatchHandler _watches;
    private readonly Task _background;
    private bool _isDisposed;

    private KubernetesApi(KubernetesApiOptions options)
    {
        var catalog = KindCatalog.Default;
        var clock = options.Clock ?? TimeProvider.System;
        _store = new ObjectStore(catalog, options.FirstVersion ?? clock.GetUtcNow().ToUnixTimeMilliseconds(), options.History, clock);
        var allocator = new ServiceAllocator();
        var owners = new OwnerIndex();
        _store.Committed += allocator.Follow;
        _store.Committed += owners.Follow;
        var durability = new MemoryOnly();
        var deleter = new ObjectDeleter(_store, owners, clock);
        _watches = new WatchHandler(_store, options.Watches, clock, _stop.Token);
        var tokens = new ServiceAccountTokens(_store, catalog, clock);
        new SeedObjects(_store, catalog, clock).Create();
        Handler = new ApiHandler
        {
            Catalog = catalog,
            Access = new ApiAccess(options.Token, options.Hosts),
            Discovery = new DiscoveryHandler(catalog, options.Version),
            OpenApi = new OpenApiHandler(),
            Reader = new ObjectReader(_store, clock),
            Watches = _watches,
            Writer = new ObjectWriter(_store, new ObjectAdmission(new KindRules(allocator)), durability, clock),
            Deletes = new DeleteHandler(_store, deleter, durability, clock),
            TokenReviews = new TokenReviewHandler(options.TokenAuthenticator ?? tokens, clock),
            TokenRequests = new TokenRequestHandler(tokens, clock),
            Faulted = options.Faulted,
        };
        Feed = new ObjectFeed(_store, catalog);
        var work = new BackgroundWork(_store, catalog, deleter, owners, clock, options.Faulted);
        _background = Task.Run(() => work.RunAsync(_stop.Token));
    }

    /// <summary>Answers requests; give it to a server that listens.</summary>
    public ILocalHandler Handler { get; }

    /// <summary>The objects and their changes, for those in this process.</summary>
    public IObjectFeed Feed { get; }

    /// <summary>Watches that are open.</summary>
    public int WatchCount => _watches.Count;

    public static KubernetesApi Start(KubernetesApiOptions? options = null) => new(options ?? new KubernetesApiOptions());

    /// <summary>Ends all watches and the work in the background.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _background.ConfigureAwait(false);
        _stop.Dispose();
    }
}
