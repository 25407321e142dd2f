using Sluice.Kubernetes.Client;
using Sluice.Kubernetes.Tests.Support;

namespace Sluice.Kubernetes.Tests.Client;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(5);

    [Fact]
    public void Next_AfterFailures_DoublesUpToTheLongest()
    {
        var backoff = new Backoff(First, Max, random: () => 1);

        Assert.Equal([1, 2, 4, 5, 5], Enumerable.Range(0, 5).Select(_ => backoff.Next().TotalSeconds));
    }

    [Fact]
    public void Next_Random_TakesUpToHalfAway()
    {
        var backoff = new Backoff(First, Max, random: () => 0);

        Assert.Equal([0.5, 1, 2, 2.5], Enumerable.Range(0, 4).Select(_ => backoff.Next().TotalSeconds));
    }

    [Fact]
    public void Next_AfterReset_BeginsAnew()
    {
        var backoff = new Backoff(First, Max, random: () => 1);
        backoff.Next();
        backoff.Next();

        backoff.Reset();

        Assert.Equal(First, backoff.Next());
    }

    [Fact]
    public void Next_ServerAsksForMore_WaitsThatAndARandomPart()
    {
        var backoff = new Backoff(First, Max, random: () => 0.5);

        Assert.Equal(30.5, backoff.Next(TimeSpan.FromSeconds(30)).TotalSeconds);
        Assert.Equal(60.5, backoff.Next(TimeSpan.FromHours(1)).TotalSeconds);
        Assert.Equal(3, backoff.Next(TimeSpan.FromMilliseconds(1)).TotalSeconds);
    }

    [Fact]
    public void Next_FirstBeyondTheLongest_IsTheLongest() => Assert.Equal(Max, new Backoff(TimeSpan.FromMinutes(1), Max, random: () => 1).Next());

    [Fact]
    public async Task Wait_UsesItsClock()
    {
        var clock = new ManualTime();
        var wait = new Backoff(First, Max, clock, () => 1).WaitAsync(null, TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(0.9));
        Assert.False(wait.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        await wait;
    }
}
