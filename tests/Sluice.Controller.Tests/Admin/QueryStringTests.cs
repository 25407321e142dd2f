using Sluice.Controller.Admin;

namespace Sluice.Controller.Tests.Admin;

public sealed class QueryStringTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a=1&b=2", "a=1;b=2")]
    [InlineData("a=1&a=2", "a=1;a=2")]
    [InlineData("url=http%3A%2F%2Fx%2F%3Fq%3D1&c", "url=http://x/?q=1;c=")]
    [InlineData("h=A:+b%2B", "h=A: b+")]
    [InlineData("bad=%zz&&", "bad=%zz")]
    public void Parse_Query_GivesPairsInOrder(string query, string expected) =>
        Assert.Equal(expected, string.Join(';', QueryString.Parse(query).Select(pair => $"{pair.Name}={pair.Value}")));
}
