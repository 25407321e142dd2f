using Sluice.Proxy.Tests.Http1.Cases;

namespace Sluice.Proxy.Tests.Http1;

/// <summary>The table against the whole proxy over sockets: what the client gets, and what the backends get.</summary>
public sealed class MessageSocketTests(CaseFixture fixture) : IClassFixture<CaseFixture>
{
    public static TheoryData<string> Names => MessageCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Case_SentWhole_GetsItsVerdict(string name) => await CheckAsync(MessageCases.Get(name), int.MaxValue);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Case_SentInPieces_GetsItsVerdict(string name)
    {
        var oddity = MessageCases.Get(name);
        await CheckAsync(oddity, Math.Max(3, oddity.Sent.Length / 16));
    }

    private async Task CheckAsync(MessageCase oddity, int step)
    {
        string[] methods = [.. oddity.Verdict.Seen.Select(seen => seen.Method)];

        var outcome = await fixture.RunAsync(oddity.Sent, oddity.Truncated, methods, step);

        Assert.Empty(outcome.Faults);
        Assert.Equal(oddity.Expected(), oddity.Observed(outcome.Verdict));
        foreach (var (expected, seen) in oddity.Verdict.Seen.Zip(outcome.Seen))
        {
            Assert.Equal(expected.Backend, seen.Backend);
            Assert.All(expected.Fields, field => Assert.Equal(field.Value, seen.Message[field.Key]));
        }

        var after = await fixture.RunAsync(MessageCase.Sentinel, endsStream: false, []);
        Assert.Equal([200], after.Statuses);
    }
}
