using Sluice.Configuration.Policies;
using Sluice.Proxy.Filters.RateLimits;

namespace Sluice.Proxy.Tests.Filters.RateLimits;

public sealed class TokenBucketTests
{
    private const long Start = 5_000;

    [Fact]
    public void Take_BeginsFull_AndFillsByIntervals()
    {
        var bucket = new TokenBucket(maxTokens: 3, tokensPerFill: 2, interval: 100, Start);

        Assert.Equal(3, Drain(bucket, Start));
        Assert.Equal(0, Drain(bucket, Start + 99));
        Assert.Equal(2, Drain(bucket, Start + 100));
        Assert.Equal(0, Drain(bucket, Start + 199));
        Assert.Equal(3, Drain(bucket, Start + 1000));
    }

    [Fact]
    public void Take_AfterAVeryLongTime_HoldsNoMoreThanItHolds()
    {
        var bucket = new TokenBucket(int.MaxValue, int.MaxValue, 50, Start);

        Assert.True(bucket.TryTake(Start + (5L * 365 * 24 * 3600 * 1000), out int remaining));

        Assert.Equal(int.MaxValue - 1, remaining);
    }

    [Fact]
    public void Take_ByAClockThatIsBehind_GivesNothingTwice()
    {
        var bucket = new TokenBucket(maxTokens: 2, tokensPerFill: 2, interval: 100, Start);
        Drain(bucket, Start + 500);

        Assert.False(bucket.TryTake(Start + 450, out _));
        Assert.False(bucket.TryTake(Start - 1, out _));
        Assert.False(bucket.TryTake(Start + 550, out _));
        Assert.True(bucket.TryTake(Start + 600, out _));
    }

    [Fact]
    public async Task Take_ByManyThreads_IsExact()
    {
        const int Threads = 4, Fills = 400, PerFill = 25, Burst = 100;
        var bucket = new TokenBucket(Burst, PerFill, 50, Start);
        long taken = 0;
        long now = Start;

        // Every fill is emptied before the next, by threads whose clocks are a little apart.
        for (int fill = 0; fill <= Fills; fill++, now += 50)
            await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() => Interlocked.Add(ref taken, Drain(bucket, now + thread)))));

        Assert.Equal(Burst + (Fills * PerFill), taken);
    }

    [Fact]
    public void Buckets_OfTheSameNameAndNumbers_AreTheSame()
    {
        var buckets = new TokenBuckets();
        var policy = new LocalRateLimitPolicy { Bucket = "a", MaxTokens = 5, FillInterval = TimeSpan.FromSeconds(1) };

        TokenBucket bucket = buckets.Get(policy, Start);
        Drain(bucket, Start);

        Assert.Same(bucket, buckets.Get(policy with { PercentEnforced = 50, SendHeaders = true }, Start + 1));
        Assert.NotSame(bucket, buckets.Get(policy with { Bucket = "b" }, Start + 1));
        Assert.NotSame(bucket, buckets.Get(policy with { MaxTokens = 6 }, Start + 1));
        Assert.NotSame(bucket, buckets.Get(policy with { FillInterval = TimeSpan.FromSeconds(2) }, Start + 1));
        Assert.False(buckets.Get(policy, Start + 1).TryTake(Start + 1, out _));
    }

    private static int Drain(TokenBucket bucket, long now)
    {
        int taken = 0;
        while (bucket.TryTake(now, out _))
            taken++;
        return taken;
    }
}
