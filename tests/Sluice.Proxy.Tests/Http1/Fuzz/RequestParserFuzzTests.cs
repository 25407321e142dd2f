using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Http1.Reference;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Fuzz;

/// <summary>
/// Mutations of the table through the engine's request parser, body decoder and chunk decoder, in random pieces, against the
/// plain reader of the rules: the same requests, octet for octet, and the same end.
/// </summary>
public sealed class RequestParserFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void MutatedMessages_ReadInPieces_MatchTheReference(int seed)
    {
        var corpus = MessageCases.All.Select(oddity => oddity.Sent).Where(text => text.Length < 1000).ToArray();
        var mutator = new Mutator(seed, corpus);
        for (var i = 0; i < FuzzBudget.Texts(25_000); i++)
        {
            var text = mutator.Next();
            var expected = ReferenceReader.Read(text, CaseRoutes.Find);
            var observed = ParserRun.Read(text, () => mutator.Step(text.Length));
            if (!expected.IsLike(observed))
                Assert.Fail($"seed {seed}, text {i}: {Wire.Show(text, 4000)}\n  expected {expected}\n  observed {observed}");
        }
    }
}
