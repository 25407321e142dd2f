using Sluice.Proxy.Tests.Http1.Cases;

namespace Sluice.Proxy.Tests.Http1;

/// <summary>The table against the engine's parsers, with the bytes coming whole, one by one, and in pieces between.</summary>
public sealed class RequestParserTableTests
{
    public static TheoryData<string> Names => MessageCases.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_HoweverItsBytesCome_GetsItsVerdict(string name)
    {
        var oddity = MessageCases.Get(name);
        var text = oddity.Sent;
        var steps = text.Length > 10_000 ? new[] { int.MaxValue, 4096, 1447 } : [int.MaxValue, 1, 2, 3, 7, 64, 1447];
        foreach (var step in steps)
            Assert.Equal($"{step}: {oddity.Expected()}", $"{step}: {oddity.Observed(ParserRun.Read(text, () => step))}");
    }
}
