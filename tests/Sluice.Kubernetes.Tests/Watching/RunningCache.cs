using System.Collections.Immutable;
using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Tests.Support;
using Sluice.Kubernetes.Watching;

namespace Sluice.Kubernetes.Tests.Watching;

/// <summary>A cache of HTTPRoutes that runs until it is disposed, impatient so that tests are quick.</summary>
internal sealed class RunningCache : IAsyncDisposable
{
    public static readonly WatchCacheOptions Impatient = new()
    {
        FirstPause = TimeSpan.FromMilliseconds(1),
        MaxPause = TimeSpan.FromMilliseconds(20),
        MaxDeniedPause = TimeSpan.FromMilliseconds(20),
    };

    private readonly CancellationTokenSource _stop = new();
    private readonly KubernetesClient _client;
    private readonly Task _running;
    private readonly Lock _lock = new();
    private ImmutableList<WatchStatus> _statuses = [];
    private TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunningCache(FakeApiServer server, WatchCacheOptions? options = null, WatchConverter<Seen>? convert = null)
    {
        _client = server.Client();
        Cache = new WatchCache<Seen>(_client, ApiResources.HttpRoutes, convert ?? Convert, Sink, (options ?? Impatient) with { OnStatus = Tell, OnProblem = (_, problem) => Problems = Problems.Add(problem) });
        _running = Cache.RunAsync(_stop.Token);
    }

    public TestSink Sink { get; } = new();

    public WatchCache<Seen> Cache { get; }

    public ImmutableList<string> Problems { get; private set; } = [];

    public ImmutableList<WatchStatus> Statuses
    {
        get
        {
            lock (_lock)
                return _statuses;
        }
    }

    public Task SyncAsync() => Cache.HasSynced.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

    public Task WaitAsync(string objects) => Sink.WaitAsync(sink => sink.Text == objects);

    public async Task WaitForStateAsync(WatchState state)
    {
        while (true)
        {
            Task told;
            lock (_lock)
                told = _told.Task;
            if (Statuses.Any(status => status.State == state))
                return;
            await told.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _running);
        _client.Dispose();
        _stop.Dispose();
    }

    private static Seen? Convert(ReadOnlyMemory<byte> json, Seen? previous)
    {
        var value = Json.Value(json)!;
        return value switch
        {
            "useless" => null,
            "broken" => throw new InvalidOperationException("spec is broken"),
            _ => previous?.Value == value ? previous : new Seen(value),
        };
    }

    private void Tell(WatchStatus status)
    {
        lock (_lock)
        {
            _statuses = _statuses.Add(status);
            var told = _told;
            _told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            told.SetResult();
        }
    }
}
