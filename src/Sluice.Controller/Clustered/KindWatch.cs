using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Watching;
using Sluice.Resources;

namespace Sluice.Controller.Clustered;

/// <summary>
/// Follows one kind in whichever version the API server has it. Where it is not installed, there is nothing of it, and from time to
/// time it is looked whether that has changed.
/// </summary>
internal sealed class KindWatch : IWatchSink<ClusterObject>
{
    private static readonly TimeSpan NotInstalledPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly KubernetesClient _client;
    private readonly ClusterKind _kind;
    private readonly ClusterState _state;
    private readonly Action<WatchStatus> _onStatus;
    private readonly TimeProvider _clock;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ApiResource _resource;

    /// <param name="client">Asks.</param>
    /// <param name="kind">What is followed.</param>
    /// <param name="state">Is told.</param>
    /// <param name="onStatus">Called when it stands differently with the watch. Must not throw.</param>
    /// <param name="clock">For pauses.</param>
    public KindWatch(KubernetesClient client, ClusterKind kind, ClusterState state, Action<WatchStatus> onStatus, TimeProvider clock)
    {
        _client = client;
        _kind = kind;
        _state = state;
        _onStatus = onStatus;
        _clock = clock;
        _resource = kind.Preferred;
    }

    public ClusterKind Kind => _kind;

    public bool IsStarted { get; private set; }

    /// <summary>Completes when all objects are known, or that the kind is not installed.</summary>
    public Task HasSynced => _synced.Task;

    /// <summary>In the version that the API server has.</summary>
    public ApiResource Resource => _resource;

    /// <summary>Follows until cancelled.</summary>
    /// <param name="gate">Nothing is listed before it is complete; whether the kind is installed is found out at once.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task RunAsync(Task gate, CancellationToken cancellation)
    {
        IsStarted = true;
        var pause = FirstPause;
        while (true)
        {
            try
            {
                if (await Discovery.FindAsync(_client, _kind, cancellation) is { } found)
                {
                    _resource = found;
                    await gate.WaitAsync(cancellation);
                    await WatchAsync(found, cancellation);
                }
                else
                {
                    _onStatus(new WatchStatus(_kind.Preferred, WatchState.NotInstalled, "its CRD is not installed"));
                    _synced.TrySetResult();
                }
                pause = NotInstalledPause;
            }
            catch (ApiException error)
            {
                _onStatus(new WatchStatus(_kind.Preferred, error.IsDenied ? WatchState.Denied : WatchState.Interrupted, error.Message));
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            await Task.Delay(pause, _clock, cancellation);
        }
    }

    public void Relisted(WatchDiff<ClusterObject> diff) => _state.Relisted(_kind.Kind, diff);

    public void Set(NamespacedName name, ClusterObject value) => _state.Set(_kind.Kind, name, value);

    public void Remove(NamespacedName name) => _state.Remove(_kind.Kind, name);

    /// <summary>Until the kind is not installed any more, at least not in this version.</summary>
    private async Task WatchAsync(ApiResource resource, CancellationToken cancellation)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var cache = new WatchCache<ClusterObject>(_client, resource, (json, previous) => _state.Read(_kind, json, previous), this, new WatchCacheOptions
        {
            Clock = _clock,
            OnStatus = status =>
            {
                _onStatus(status);
                if (status.State == WatchState.NotInstalled)
                    gone.Cancel();
            },
            OnProblem = (of, problem) => _onStatus(new WatchStatus(of, WatchState.Watching, problem)),
        });
        _ = CompleteAsync(cache.HasSynced);
        try
        {
            await cache.RunAsync(gone.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Not installed: back to looking for it.
        }
    }

    private async Task CompleteAsync(Task synced)
    {
        await synced;
        _synced.TrySetResult();
    }
}
