namespace Sluice.Proxy.Tests.Support;

/// <summary>Waits for something that no event tells, by looking again and again.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<bool> condition, string what)
    {
        var deadline = Environment.TickCount64 + (long)Guard.Limit.TotalMilliseconds;
        while (!condition())
        {
            if (Environment.TickCount64 > deadline)
                throw new TimeoutException($"never held within {Guard.Limit.TotalSeconds:0} s: {what}");
            await Task.Delay(5);
        }
    }

    public static Task Is<T>(T expected, Func<T> actual, string what)
    {
        T last = default!;
        return Holds(() => EqualityComparer<T>.Default.Equals(last = actual(), expected), $"{what} is {expected} (was {last} at first)");
    }
}
