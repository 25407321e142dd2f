using System.Text;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Tests.Routing;

public sealed class HostTableTests
{
    [Theory]
    [InlineData("very.specific.com", "very.specific.com")]
    [InlineData("VERY.Specific.com", "very.specific.com")]
    [InlineData("other.specific.com", null)]
    [InlineData("foo.wildcard.io", "*.wildcard.io")]
    [InlineData("foo.bar.wildcard.io", "*.wildcard.io")]
    [InlineData("foo.deep.wildcard.io", "*.deep.wildcard.io")]
    [InlineData("deep.wildcard.io", "*.wildcard.io")]
    [InlineData("one.wildcard.io", "one.wildcard.io")]
    [InlineData("two.one.wildcard.io", "*.wildcard.io")]
    [InlineData("wildcard.io", null)]
    [InlineData(".wildcard.io", null)]
    [InlineData("xwildcard.io", null)]
    [InlineData("", null)]
    [InlineData("localhost", null)]
    [InlineData("[::1]", null)]
    public void Find_HostnamesOfEveryKind_TakesTheMostSpecific(string host, string? expected) =>
        Assert.Equal(expected, Find(["*.wildcard.io", "very.specific.com", "*.deep.wildcard.io", "one.wildcard.io"], host));

    [Theory]
    [InlineData("a.example", "a.example")]
    [InlineData("b.example", "")]
    [InlineData("", "")]
    [InlineData("[::1]", "")]
    public void Find_WithNameForEveryHost_FallsBackToIt(string host, string expected) => Assert.Equal(expected, Find(["", "a.example"], host));

    [Fact]
    public void Find_EqualNames_TakesTheFirst()
    {
        HostTable<string> table = HostTable<string>.Create(["a.example", "A.example", "*", ""], ["first", "second", "third", "fourth"]);

        Assert.Equal("first", table.Find("a.example"u8));
        Assert.Equal("third", table.Find("b.example"u8));
    }

    [Fact]
    public void Find_NoNames_IsNull() => Assert.Null(Find([], "a.example"));

    [Fact]
    public void Find_ManyLabels_MatchesWildcardsOfAnyDepth()
    {
        string deep = string.Join('.', Enumerable.Repeat("a", 100));

        Assert.Equal("*." + deep, Find(["*." + deep, "*.a"], "b." + deep));
        Assert.Equal("*.a", Find(["*." + deep, "*.a"], "b.a"));
    }

    [Fact]
    public void Find_FiveThousandNames_FindsEach()
    {
        string[] names = [.. Enumerable.Range(0, 5000).Select(i => i % 2 == 0 ? $"app-{i}.example.com" : $"*.team-{i}.example.com")];
        HostTable<string> table = HostTable<string>.Create(names, names);

        Assert.All(names, name => Assert.Equal(name, table.Find(Encoding.ASCII.GetBytes(name.Replace("*", "x", StringComparison.Ordinal)))));
        Assert.Null(table.Find("app-1.example.com"u8));
    }

    private static string? Find(string[] names, string host) =>
        HostTable<string>.Create(names, names).Find(Encoding.ASCII.GetBytes(host));
}
