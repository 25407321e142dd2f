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
}
