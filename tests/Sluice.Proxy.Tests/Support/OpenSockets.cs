namespace Sluice.Proxy.Tests.Support;

/// <summary>Sockets, pipes and the like that this process has open. Only for tests beside which nothing else runs.</summary>
internal static class OpenSockets
{
    /// <summary>Kept upstream connections (both ends are ours), and what the runtime may have opened for itself meanwhile.</summary>
    private const int Slack = 10;

    /// <summary>Files are not counted: the runtime opens them as it loads code.</summary>
    public static int Count() => Directory.GetFiles("/proc/self/fd").Count(descriptor => new FileInfo(descriptor).LinkTarget?.Contains(":[", StringComparison.Ordinal) == true);

    /// <summary>Waits until about as many are open as before: connections end a little after their last byte, leaked ones never.</summary>
    public static async Task SettleAsync(int before)
    {
        var deadline = Environment.TickCount64 + (long)Guard.Limit.TotalMilliseconds / 2;
        while (Count() > before + Slack)
        {
            Assert.True(Environment.TickCount64 < deadline, $"{before} descriptors were open before, {Count()} are now");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
