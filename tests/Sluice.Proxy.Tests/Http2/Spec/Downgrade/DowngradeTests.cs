using Sluice.Proxy.Tests.Http1.Cases;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>The table against the whole proxy over sockets: what the client gets, and what the backends get over HTTP/1.1.</summary>
public sealed class DowngradeTests(CaseFixture fixture) : IClassFixture<CaseFixture>
{
    public static TheoryData<string> Names => DowngradeCases.Names;

    [Fact]
    public void Table_IsLargeEnough() => Assert.True(DowngradeCases.All.Count >= 150, $"{DowngradeCases.All.Count}");

    [Theory]
    [MemberData(nameof(Names))]
    public Task Case_SentWhole_GetsItsVerdict(string name) => CheckAsync(DowngradeCases.Get(name), int.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Case_SentInPieces_GetsItsVerdict(string name)
    {
        var oddity = DowngradeCases.Get(name);
        return CheckAsync(oddity, Math.Max(5, oddity.Sent.Sum(frame => frame.Payload.Length + 9) / 16));
    }

    private async Task CheckAsync(DowngradeCase oddity, int step)
    {
        var outcome = await StreamOutcome.PlayAsync(fixture, oddity, step);

        Assert.Empty(fixture.TakeFaults());
        Assert.Equal(oddity.Verdict.End, outcome.End);
        Assert.Equal(oddity.Verdict.EndsConnection ? oddity.Verdict.End : "200", outcome.Sentinel);
        if (oddity.Verdict.Seen is not { } expected)
        {
            Assert.All(outcome.OfTheOddOne, seen => Assert.Equal(oddity.Announced?.ToString(), seen.Request.ToString()));
            return;
        }

        var seen = Assert.Single(outcome.OfTheOddOne);
        Assert.Equal(expected.ToString(), seen.Request.ToString());
        Assert.Equal(expected.Backend, seen.Backend);
        Assert.All(expected.Fields, field => Assert.Equal(field.Value, seen.Message[field.Key]));
    }
}
