using Sluice.Conformance.Traffic;

namespace Sluice.Conformance.Tests.Traffic;

public sealed class ConsistencyTests
{
    [Fact]
    public async Task Holds_OneFailureAmongSuccesses_BeginsToCountAnew()
    {
        var results = new Queue<string?>([null, null, "wrong", null, null, null]);

        await Consistency.HoldsAsync("test", _ => Task.FromResult(results.Dequeue()), TestContext.Current.CancellationToken);

        Assert.Empty(results);
    }

    [Fact]
    public async Task Holds_TransportError_IsAFailureAndNotTheEnd()
    {
        var attempts = 0;

        await Consistency.HoldsAsync("test", _ => ++attempts == 1 ? throw new HttpRequestException("refused") : Task.FromResult<string?>(null), TestContext.Current.CancellationToken);

        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task Fails_TimeoutsAmongFailures_BeginToCountAnew()
    {
        var statuses = new Queue<int>([502, 504, 502, 502, 502, 502, 502]);

        await Consistency.FailsAsync("test", _ => Task.FromResult(statuses.Dequeue()), TestContext.Current.CancellationToken);

        Assert.Empty(statuses);
    }

    [Fact]
    public async Task Fails_OneSuccess_FailsAtOnce()
    {
        var statuses = new Queue<int>([502, 502, 200]);

        await Assert.ThrowsAsync<ConformanceException>(() => Consistency.FailsAsync("test", _ => Task.FromResult(statuses.Dequeue()), TestContext.Current.CancellationToken));
    }
}
