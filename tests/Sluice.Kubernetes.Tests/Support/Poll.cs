using System.Diagnostics;

namespace Sluice.Kubernetes.Tests.Support;

/// <summary>For what tells nobody when it changes.</summary>
internal static class Poll
{
    public static async Task UntilAsync(Func<bool> condition)
    {
        var start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60), "It did not come true within a minute.");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
