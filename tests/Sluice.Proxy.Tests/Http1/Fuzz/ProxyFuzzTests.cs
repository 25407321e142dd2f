using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Http1.Reference;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Fuzz;

/// <summary>
/// Mutations of the table against the whole proxy over sockets, in pieces: backends get exactly the requests that the plain
/// reader finds in the bytes, the client gets one answer to each, no worker faults, and no descriptor stays behind.
/// </summary>
[Collection(FuzzCollection.Name)]
public sealed class ProxyFuzzTests
{
    private static readonly string[] Corpus = [.. MessageCases.All.Select(oddity => oddity.Sent).Where(text => text.Length < 1000)];

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public async Task MutatedMessages_OverSockets_ReachBackendsAsTheReferenceReadsThem(int seed)
    {
        var fixture = new CaseFixture();
        await fixture.InitializeAsync();
        await fixture.RunAsync(MessageCase.Sentinel, endsStream: false, []);
        var before = OpenSockets.Count();
        var mutator = new Mutator(seed, Corpus);

        for (var i = 0; i < FuzzBudget.Texts(1_500); i++)
        {
            var text = mutator.Next();
            var expected = ReferenceReader.Read(text, CaseRoutes.Find);
            var outcome = await fixture.RunAsync(text, endsStream: true, [.. Methods(text)], Math.Max(mutator.Step(text.Length), text.Length / 8));
            var what = $"seed {seed}, text {i}: {Wire.Show(text, 4000)}\n  expected {expected}\n  observed {outcome.Verdict}";

            Assert.True(outcome.Faults.Count == 0, $"{what}\n  {string.Join("; ", outcome.Faults)}");
            Assert.True(expected.ThenClosed().IsLike(outcome.Verdict), what);
        }

        var good = await fixture.RunAsync(MessageCase.Sentinel, endsStream: false, []);
        Assert.Equal([200], good.Statuses);
        await OpenSockets.SettleAsync(before);
        await fixture.DisposeAsync();
    }

    /// <summary>The methods of all requests, those with a 404 among them: a response to HEAD has no body.</summary>
    private static IEnumerable<string> Methods(string text) =>
        ReferenceReader.Read(text, (_, _) => "any").Seen.Select(seen => seen.Method);
}
