namespace Sluice.ApiServer.Store;

/// <summary>Wakes whoever waits for something new. Take the task first, then look, then await it: nothing is missed.</summary>
internal sealed class Signal
{
    private TaskCompletionSource? _waiting;

    public Task Next
    {
        get
        {
            while (true)
            {
                if (Volatile.Read(ref _waiting) is { } waiting)
                    return waiting.Task;
                var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                if (Interlocked.CompareExchange(ref _waiting, fresh, null) is null)
                    return fresh.Task;
            }
        }
    }

    public void Set() => Interlocked.Exchange(ref _waiting, null)?.TrySetResult();
}
