using Sluice.Proxy.Tests.Http1.Responses;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Fuzz;

/// <summary>Mutated responses through the engine's response parser and decoders: however the bytes are cut, the same comes of them.</summary>
public sealed class ResponseParserFuzzTests
{
    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    public void MutatedResponses_ReadInPieces_ReadAsWhole(int seed)
    {
        string[] corpus = [.. ResponseCases.All.Select(oddity => oddity.Text).Where(text => text.Length is > 0 and < 1000)];
        var mutator = new Mutator(seed, corpus);
        for (var i = 0; i < FuzzBudget.Texts(40_000); i++)
        {
            var text = mutator.Next();
            var isHead = i % 5 == 0;
            var whole = ResponseRun.Read(text, isHead, () => int.MaxValue);
            var pieces = ResponseRun.Read(text, isHead, () => mutator.Step(text.Length));
            if (whole != pieces)
                Assert.Fail($"seed {seed}, text {i}: {Wire.Show(text, 4000)}\n  whole {Wire.Show(whole, 2000)}\n  pieces {Wire.Show(pieces, 2000)}");
        }
    }
}
