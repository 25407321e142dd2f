using Sluice.Kubernetes.Client;

namespace Sluice.Kubernetes.Watching;

/// <summary>Waits between the attempts of a watch; anyone may end the wait.</summary>
internal sealed class WatchPauses(WatchCacheOptions options)
{
    private readonly Backoff _failure = new(options.FirstPause, options.MaxPause, options.Clock, options.Random);
    private readonly Backoff _denial = new(options.FirstPause, options.MaxDeniedPause, options.Clock, options.Random);
    private TaskCompletionSource _ended = NewEnd();

    public Task AfterFailureAsync(TimeSpan? retryAfter, CancellationToken cancellation) => WaitAsync(_failure.Next(retryAfter), cancellation);

    public Task AfterDenialAsync(CancellationToken cancellation) => WaitAsync(_denial.Next(), cancellation);

    public Task WhileNotInstalledAsync(CancellationToken cancellation) => WaitAsync(options.NotInstalledPause, cancellation);

    public void Reset()
    {
        _failure.Reset();
        _denial.Reset();
    }

    /// <summary>Ends the wait that is under way, or the next one. May be called from any thread.</summary>
    public void End() => Volatile.Read(ref _ended).TrySetResult();

    private async Task WaitAsync(TimeSpan pause, CancellationToken cancellation)
    {
        var ended = Volatile.Read(ref _ended).Task;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(ended, Task.Delay(pause, options.Clock, time.Token)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        await time.CancelAsync().ConfigureAwait(false);
        if (ended.IsCompleted)
            Volatile.Write(ref _ended, NewEnd());
    }

    private static TaskCompletionSource NewEnd() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
