using Sluice.ApiServer.Background;
using Sluice.ApiServer.Deleting;
using Sluice.ApiServer.Discovery;
using Sluice.ApiServer.Feeds;
using Sluice.ApiServer.Files;
using Sluice.ApiServer.Kinds;
using Sluice.ApiServer.Persistence;
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
/// Objects are held in memory, and in a folder if one is given.
/// </summary>
public sealed class KubernetesApi : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly KubernetesApiOptions _options;
    private readonly TimeProvider _clock;
    private readonly DataFolder? _data;
    private readonly ObjectStore _store;
    private readonly HandEdits? _edits;
    private readonly FileObjects _files;
    private readonly WatchHandler _watches;
    private readonly Task _background;
    private bool _isDisposed;

    private KubernetesApi(KubernetesApiOptions options)
    {
        _options = options;
        _clock = options.Clock ?? TimeProvider.System;
        var catalog = KindCatalog.Default;
        JournalContent? content = null;
        if (options.DataFolder is { } folder)
            (_data, content) = DataFolder.Open(folder, catalog, options.Problem);
        var firstVersion = options.FirstVersion ?? Math.Max(_clock.GetUtcNow().ToUnixTimeMilliseconds(), (content?.Version ?? 0) + 1);
        _store = new ObjectStore(catalog, firstVersion, options.History, _clock);
        var allocator = new ServiceAllocator();
        var owners = new OwnerIndex();
        _store.Committed += allocator.Follow;
        _store.Committed += owners.Follow;
        foreach (var value in content?.Objects.Values ?? Enumerable.Empty<StoredObject>())
            _store.Restore(value);
        new SeedObjects(_store, catalog, _clock).Create();
        var admission = new ObjectAdmission(new KindRules(allocator));
        _files = new FileObjects(_store, catalog, _clock);
        if (_data is not null)
        {
            _data.Start(_store);
            _edits = new HandEdits(_data, _store, admission, _clock);
            Reload();

            // A process may have ended before it had written the file of an object.
            foreach (var (kind, key) in content!.Objects.Keys.Where(place => _data.Files.Find(place.Kind, place.Key) is null))
                _data.Refile(kind, key);
        }

        var deleter = new ObjectDeleter(_store, owners, _clock);
        var tokens = new ServiceAccountTokens(_store, catalog, _clock);
        _watches = new WatchHandler(_store, options.Watches, _clock, _stop.Token);
        Handler = CreateHandler(catalog, admission, deleter, tokens);
        Feed = new ObjectFeed(_store, catalog);
        var work = new BackgroundWork(_store, catalog, deleter, owners, _clock, options.Faulted);
        _background = Task.Run(() => work.RunAsync(_stop.Token));
    }

    /// <summary>In a folder that objects are kept in: has content when there are any, or were.</summary>
    public const string JournalPath = $"{Persistence.DataFolder.HiddenName}/{Persistence.DataFolder.JournalName}";

    /// <summary>Of a request.</summary>
    public const int MaxBodyBytes = 3 << 20;

    /// <summary>Of the Gateway API whose kinds are served: "v1.6.1".</summary>
    public static string GatewayApiVersion => SeedObjects.BundleVersion;

    /// <summary>Answers requests; give it to a server that listens.</summary>
    public ILocalHandler Handler { get; }

    /// <summary>The objects and their changes, for those in this process.</summary>
    public IObjectFeed Feed { get; }

    /// <summary>Watches that are open.</summary>
    public int WatchCount => _watches.Count;

    /// <exception cref="DataFolderException">The folder for the objects cannot be used.</exception>
    public static KubernetesApi Start(KubernetesApiOptions? options = null) => new(options ?? new KubernetesApiOptions());

    /// <summary>
    /// Shows the objects of the user's files, in place of those given before. Objects of files that keep the API's own objects are
    /// passed over, and so are kinds that are not served.
    /// </summary>
    /// <returns>Objects that are not shown, with the reason.</returns>
    public IReadOnlyList<FileObjectProblem> SetFileObjects(IEnumerable<FileObject> objects) =>
        _files.Set(objects.Where(value => !OwnsFile(value.File)));

    /// <summary>As <see cref="SetFileObjects(IEnumerable{FileObject})"/>, of some files: those of others stay as they are.</summary>
    /// <param name="files">As <see cref="FileObject.File"/> names them.</param>
    /// <param name="objects">Of these files.</param>
    public IReadOnlyList<FileObjectProblem> SetFileObjects(IReadOnlySet<string> files, IEnumerable<FileObject> objects) =>
        _files.Set(objects.Where(value => !OwnsFile(value.File)), files);

    /// <summary>Whether there is always a namespace of this name.</summary>
    public static bool IsLastingNamespace(string name) => SeedObjects.IsSeed(new ObjectKey("", name));

    /// <summary>Whether a file is one of those that the API keeps its objects in.</summary>
    public bool OwnsFile(string path) => _data?.Files.Find(path) is not null;

    /// <summary>Takes in what people have changed in the files that keep the API's objects. What cannot be taken in is told as a problem.</summary>
    public void Reload() => Tell(_edits?.Take() ?? []);

    /// <summary>As <see cref="Reload()"/>, for one file.</summary>
    public void Reload(string path) => Tell(_edits?.Take(path) ?? []);

    /// <summary>Ends all watches and the work in the background, and lets go of the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _background.ConfigureAwait(false);
        if (_data is not null)
            await _data.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private void Tell(IEnumerable<string> problems)
    {
        foreach (var problem in problems)
            _options.Problem(problem);
    }

    private ApiHandler CreateHandler(KindCatalog catalog, ObjectAdmission admission, ObjectDeleter deleter, ServiceAccountTokens tokens)
    {
        IDurability durability = _data is not null ? _data : _options.ReadOnlyReason is { } reason ? new ReadOnly(reason) : new MemoryOnly();
        return new ApiHandler
        {
            Catalog = catalog,
            Access = new ApiAccess(_options.Token, _options.Hosts),
            Discovery = new DiscoveryHandler(catalog, _options.Version),
            OpenApi = new OpenApiHandler(),
            Reader = new ObjectReader(_store, _clock, _options.Watches.WriteTimeout),
            Watches = _watches,
            Writer = new ObjectWriter(_store, admission, durability, _clock, _options.MaxBytes),
            Deletes = new DeleteHandler(_store, deleter, durability, _clock),
            TokenReviews = new TokenReviewHandler(_options.TokenAuthenticator ?? tokens, _clock),
            TokenRequests = new TokenRequestHandler(tokens, _clock),
            Faulted = _options.Faulted,
        };
    }
}
