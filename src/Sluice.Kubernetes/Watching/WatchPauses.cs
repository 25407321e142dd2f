using Sluice.Kubernetes.Client;

namespace Sluice.Kubernetes.Watching;

/// <summary>Waits between the attempts of a watch; anyone may end the wait.</summary>
internal sealed class WatchPauses(WatchCacheOptions options)
{
    private readonly Backoff _failure = new(options.FirstPause, options.MaxPause, options.Clock, options.Random);
    private readonly Backoff _denial = new(options.FirstPause, options.MaxDeniedPause, options.Clock, options.Random);
    private readonly SemaphoreSlim _ended = new(0, 1);

    public Task AfterFailureAsync(TimeSpan? retryAfter, CancellationToken cancellation) => WaitAsync(_failure.Next(retryAfter), cancellation);

    public Task AfterDenialAsync(CancellationToken cancellation) => WaitAsync(_denial.Next(), cancellation);

    public Task WhileNotInstalledAsync(CancellationToken cancellation) => WaitAsync(options.NotInstalledPause, cancellation);

    public void Reset()
    {
        _failure.Reset();
        _denial.Reset();
    }

    /// <summary>Ends the wait that is under way, or the next one.</summary>
    public void End()
    {
        try
        {
            _ended.Release();
        }
        catch (SemaphoreFullException)
        {
            // Someone has asked for it already.
        }
    }

    private async Task WaitAsync(TimeSpan pause, CancellationToken cancellation)
    {
        using var time = new CancellationTokenSource(pause, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellation);
        try
        {
            await _ended.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The pause is over.
        }
    }
}
