namespace Sluice.Controller.Tests.Streaming;

/// <summary>Ends waits that would otherwise hang the run. Tests never depend on how long something takes, only on that it ends.</summary>
internal static class Guard
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        await ((Task)task).Within(what);
        return await task;
    }

    public static async Task Within(this Task task, string what)
    {
        try
        {
            await task.WaitAsync(Limit);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"waited {Limit.TotalSeconds:0} s for: {what}");
        }
    }

    /// <summary>Waits for something that no event tells, by looking again and again.</summary>
    public static async Task Eventually(Func<bool> condition, string what)
    {
        var deadline = Environment.TickCount64 + (long)Limit.TotalMilliseconds;
        while (!condition())
        {
            if (Environment.TickCount64 > deadline)
                throw new TimeoutException($"never held within {Limit.TotalSeconds:0} s: {what}");
            await Task.Delay(5);
        }
    }
}
