using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Threading.Channels;
using Sluice.Controller.Files;
using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Watching;
using Sluice.Resources;

namespace Sluice.Controller.Clustered;

/// <summary>
/// Objects from a cluster: follows every kind and gives the state after changes. Changes are taken as soon as there are any; those
/// that come while one update is put in force come together in the next. The first update is given when every kind is known that
/// the cluster has.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A source of cancellation without a timer or a wait handle holds nothing.")]
internal sealed class ClusterSource : IStatusApi
{
    private readonly KubernetesClient _client;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, KindWatch> _watches;
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly HashSet<(string Kind, NamespacedName Key)> _fetching = [];
    private readonly Lock _fetchLock = new();
    private CancellationToken _stopping;
    private SourceUpdate? _last;
    private int _isNudged;

    /// <param name="client">Not disposed.</param>
    /// <param name="controllerNames">Whose classes are ours.</param>
    /// <param name="statuses">Is told what the cluster has.</param>
    /// <param name="onStatus">Called, on any thread, when it stands differently with a watch. Must not throw.</param>
    /// <param name="clock">For pauses.</param>
    public ClusterSource(KubernetesClient client, IReadOnlyList<string> controllerNames, StatusBook statuses, Action<WatchStatus> onStatus, TimeProvider clock)
    {
        _client = client;
        _clock = clock;
        State = new ClusterState(controllerNames, statuses) { Changed = () => _changed.Writer.TryWrite(true), Needed = Fetch };
        _watches = ClusterKinds.All.ToDictionary(kind => kind.Kind, kind => new KindWatch(client, kind, State, onStatus, clock));
    }

    public ClusterState State { get; }

    /// <summary>Follows until cancelled. Kinds are begun in the order in which one tells what of the next is ours.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="synced">Called once, when everything is known.</param>
    public async Task RunAsync(Action synced, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        _stopping = stop.Token;
        var running = new List<Task>();
        try
        {
            var classes = Start(kind => kind.Kind == "GatewayClass", Task.CompletedTask, running, stop.Token);
            var gateways = Start(kind => kind.Kind == "Gateway", classes, running, stop.Token);
            var sets = Start(kind => kind.Kind == "ListenerSet", gateways, running, stop.Token);
            var others = SettleAsync(Start(kind => !kind.IsReferenced, sets, running, stop.Token));
            await Start(kind => kind.IsReferenced, others, running, stop.Token).WaitAsync(stop.Token);
            State.ReferencesListed();
            synced();
            await await Task.WhenAny(running);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits for the next state.</summary>
    public async Task<SourceUpdate> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await _changed.Reader.ReadAsync(cancellation);
            var isNudged = Interlocked.Exchange(ref _isNudged, 0) != 0;
            if (Take() is { } update)
                return update;
            if (isNudged && _last is not null)
                return _last;
        }
    }

    /// <summary>Something beside the objects has changed, so that the same state may come to something else. May be called on any thread.</summary>
    public void Nudge()
    {
        Interlocked.Exchange(ref _isNudged, 1);
        _changed.Writer.TryWrite(true);
    }

    /// <summary>The kind in the version that the API server has.</summary>
    public ApiResource ResourceOf(string kind) => _watches[kind].Resource;

    /// <summary>The state, when it has changed since the last call; else null.</summary>
    public SourceUpdate? Take() => State.Take() is (var snapshot, var refused) ? _last = ClusterUpdate.Of(snapshot, refused, State.MissingClasses) : null;

    public Task<ReadOnlyMemory<byte>?> FindAsync(string kind, NamespacedName key, CancellationToken cancellation) =>
        _client.FindAsync(ResourceOf(kind), key, cancellation);

    public Task<ReadOnlyMemory<byte>> PatchAsync(string kind, NamespacedName key, ReadOnlyMemory<byte> patch, CancellationToken cancellation) =>
        _client.PatchAsync(ResourceOf(kind), key, PatchType.Merge, patch, WriteOptions.Status, cancellation);

    /// <summary>Starts watches; gives when they know everything.</summary>
    private Task Start(Func<ClusterKind, bool> which, Task gate, List<Task> running, CancellationToken cancellation)
    {
        var started = _watches.Values.Where(watch => !watch.IsStarted && which(watch.Kind)).ToList();
        foreach (var watch in started)
            running.Add(watch.RunAsync(gate, cancellation));
        return Task.WhenAll(started.Select(watch => watch.HasSynced).Append(gate));
    }

    private async Task SettleAsync(Task known)
    {
        await known;
        State.Settle();
    }

    /// <summary>Reads a Secret or ConfigMap that something has begun to refer to.</summary>
    private void Fetch(string kind, NamespacedName key)
    {
        lock (_fetchLock)
        {
            if (!_fetching.Add((kind, key)))
                return;
        }
        _ = FetchAsync(_watches[kind].Kind, key, _stopping);
    }

    private async Task FetchAsync(ClusterKind kind, NamespacedName key, CancellationToken cancellation)
    {
        try
        {
            var pause = TimeSpan.FromMilliseconds(100);
            while (State.IsNeeded(kind.Kind, key) && !await TryFetchAsync(kind, key, cancellation))
            {
                await Task.Delay(pause, _clock, cancellation);
                pause = pause * 2 < TimeSpan.FromSeconds(5) ? pause * 2 : TimeSpan.FromSeconds(5);
            }
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
        finally
        {
            lock (_fetchLock)
                _fetching.Remove((kind.Kind, key));
        }
    }

    // What cannot be had is told by the watch of the kind, which the same server answers.
    private async Task<bool> TryFetchAsync(ClusterKind kind, NamespacedName key, CancellationToken cancellation)
    {
        try
        {
            var json = await _client.FindAsync(kind.Preferred, key, cancellation);
            State.Found(kind.Kind, key, json is { } found ? State.Read(kind, found, null) : null);
            return true;
        }
        catch (Exception error) when (error is ApiException or JsonException)
        {
            return false;
        }
    }
}
