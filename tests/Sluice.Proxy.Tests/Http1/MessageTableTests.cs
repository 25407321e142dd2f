using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Http1.Reference;

namespace Sluice.Proxy.Tests.Http1;

/// <summary>The table against the plain reader of the same rules: a slip in either shows here.</summary>
public sealed class MessageTableTests
{
    public static TheoryData<string> Names => MessageCases.Names;

    [Fact]
    public void Table_IsLargeEnough() => Assert.True(MessageCases.All.Count >= 120);

    [Theory]
    [MemberData(nameof(Names))]
    public void Case_ReadByTheReference_GetsItsVerdict(string name)
    {
        var oddity = MessageCases.Get(name);
        var verdict = ReferenceReader.Read(oddity.Sent, CaseRoutes.Find);

        Assert.Equal(oddity.Expected(), oddity.Observed(verdict));
        Assert.All(oddity.Verdict.Seen.Zip(verdict.Seen), pair => Assert.Equal(pair.First.Backend, pair.Second.Backend));
    }
}
