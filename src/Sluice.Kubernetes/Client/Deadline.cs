namespace Sluice.Kubernetes.Client;

/// <summary>A time limit that can be set anew, told apart from the caller's own cancellation.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenSource _time;
    private readonly CancellationTokenSource _either;
    private TimeSpan? _limit;

    public Deadline(TimeProvider clock, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _time = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        _either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _time.Token);
    }

    /// <param name="limit">From now on; null for none.</param>
    public void Set(TimeSpan? limit)
    {
        _limit = limit;
        _time.CancelAfter(limit ?? Timeout.InfiniteTimeSpan);
    }

    /// <exception cref="ApiException">The time is over.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<T> GuardAsync<T>(string operation, Func<CancellationToken, Task<T>> work)
    {
        try
        {
            return await work(_either.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or ApiException { StatusCode: 0 } && _either.IsCancellationRequested)
        {
            _cancellation.ThrowIfCancellationRequested();
            throw new ApiException(0, ApiException.TimedOut, $"{operation}: nothing came within {_limit?.TotalSeconds:0.###} s", inner: error);
        }
    }

    public void Dispose()
    {
        _either.Dispose();
        _time.Dispose();
    }
}
