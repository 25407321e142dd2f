using System.Text;
using Sluice.Controller.RateLimits;
using Sluice.Controller.Tests.Support;

namespace Sluice.Controller.Tests.RateLimits;

public sealed class LimiterTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Window_LetsPassWhatTheLimitSays_AndThenTheNextBegins()
    {
        Limiter limiter = Create("{key: k, rate_limit: {unit: minute, requests_per_unit: 5}}");
        for (var window = 0; window < 3; window++)
        {
            Assert.Equal(5, await PassedOfAsync(20, limiter, ("k", "v")));
            _clock.Now += TimeSpan.FromMinutes(1);
        }
    }

    [Fact]
    public async Task Values_AreCountedApart()
    {
        Limiter limiter = Create("{key: k, rate_limit: {unit: minute, requests_per_unit: 1}}");

        Assert.Equal(1, await PassedOfAsync(2, limiter, ("k", "a")));
        Assert.Equal(1, await PassedOfAsync(2, limiter, ("k", "b")));
    }

    // What a client sends must not end up under the counter of somebody else.
    [Fact]
    public async Task Keys_CannotBeForged()
    {
        Limiter limiter = Create("{key: a, descriptors: [{key: b, rate_limit: {unit: minute, requests_per_unit: 1}}]}", "{key: c, rate_limit: {unit: minute, requests_per_unit: 1}}");

        Assert.Equal(1, await PassedOfAsync(2, limiter, ("a", "1"), ("b", "2")));
        Assert.Equal(1, await PassedOfAsync(2, limiter, ("a", "1|1:b|1:2"), ("b", "2")));
        Assert.Equal(1, await PassedOfAsync(2, limiter, ("a", "1"), ("b", "2|60:")));
    }

    [Fact]
    public async Task Remaining_AndReset_AreThoseOfTheWindow()
    {
        Limiter limiter = Create("{key: k, rate_limit: {unit: hour, requests_per_unit: 10}}");
        var seconds = _clock.GetUtcNow().ToUnixTimeSeconds();

        LimitStatus status = (await limiter.DecideAsync(new LimitQuestion("d", [new LimitDescriptor([("k", "v")], 3, null)], 1)))[0];

        Assert.Equal((false, 7L, 3600 - (seconds % 3600)), (status.IsOver, status.Remaining, status.Reset));
    }

    [Fact]
    public async Task Shadow_IsCounted_AndPasses()
    {
        Limiter limiter = Create("{key: k, shadow_mode: true, rate_limit: {unit: hour, requests_per_unit: 0}}");

        Assert.Equal(5, await PassedOfAsync(5, limiter, ("k", "v")));
    }

    [Fact]
    public async Task Replaced_LimitDoesNotCount()
    {
        Limiter limiter = Create("{key: all, rate_limit: {unit: hour, requests_per_unit: 1, name: basic}}", "{key: vip, rate_limit: {unit: hour, requests_per_unit: 3, replaces: [{name: basic}]}}");
        var question = new LimitQuestion("d", [new LimitDescriptor([("all", "1")], null, null), new LimitDescriptor([("vip", "1")], null, null)], 1);

        var passed = 0;
        for (var i = 0; i < 10; i++)
            passed += Array.Exists(await limiter.DecideAsync(question), status => status.IsOver) ? 0 : 1;

        Assert.Equal(3, passed);
    }

    [Fact]
    public async Task Override_TakesThePlaceOfTheConfiguration()
    {
        Limiter limiter = Create("{key: k, rate_limit: {unit: hour, requests_per_unit: 1}}");
        var question = new LimitQuestion("d", [new LimitDescriptor([("k", "v")], null, new LimitRule { RequestsPerUnit = 4, Unit = LimitUnit.Day })], 1);

        var passed = 0;
        for (var i = 0; i < 10; i++)
            passed += (await limiter.DecideAsync(question))[0].IsOver ? 0 : 1;

        Assert.Equal(4, passed);
    }

    [Fact]
    public async Task ManyAtOnce_ExactlyAsManyPass()
    {
        Limiter limiter = Create("{key: k, rate_limit: {unit: hour, requests_per_unit: 5000}}");

        var passed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => PassedOfAsync(2500, limiter, ("k", "v")))));

        Assert.Equal(5000, passed.Sum());
    }

    [Fact]
    public async Task Counters_BeyondTheirCapacity_AreAFailure()
    {
        Limiter limiter = Create(new MemoryCounters(16), CounterFailure.Error, "{key: k, rate_limit: {unit: hour, requests_per_unit: 1}}");

        await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (var i = 0; i < 100; i++)
                await PassedOfAsync(1, limiter, ("k", $"{i}"));
        });
    }

    [Theory]
    [InlineData(CounterFailure.Open, 3)]
    [InlineData(CounterFailure.Closed, 0)]
    public async Task CountersThatFail_LetPass_OrNot_AsConfigured(CounterFailure failure, int expected)
    {
        Limiter limiter = Create(new BrokenCounters(), failure, "{key: k, rate_limit: {unit: hour, requests_per_unit: 1}}");

        Assert.Equal(expected, await PassedOfAsync(3, limiter, ("k", "v")));
        Assert.Equal(3, limiter.Failures);
    }

    private Limiter Create(params string[] descriptors) => Create(new MemoryCounters(1000), CounterFailure.Error, descriptors);

    private Limiter Create(ILimitCounters counters, CounterFailure failure, params string[] descriptors) => new(counters, failure, _clock)
    {
        Configuration = LimitConfigurationReader.Read([("l.yaml", Encoding.UTF8.GetBytes($"domain: d\ndescriptors: [{string.Join(", ", descriptors)}]\n"))]),
    };

    private static async Task<int> PassedOfAsync(int requests, Limiter limiter, params (string, string)[] entries)
    {
        var passed = 0;
        for (var i = 0; i < requests; i++)
        {
            var statuses = await limiter.DecideAsync(new LimitQuestion("d", [new LimitDescriptor(entries, null, null)], 1));
            passed += statuses[0].IsOver ? 0 : 1;
        }
        return passed;
    }

    private sealed class BrokenCounters : ILimitCounters
    {
        public ValueTask<long[]> AddAsync(IReadOnlyList<CounterHit> hits, long now) => throw new IOException("broken");
    }
}
