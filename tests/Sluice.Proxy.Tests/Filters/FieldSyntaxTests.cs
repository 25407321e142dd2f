using Sluice.Proxy.Filters;

namespace Sluice.Proxy.Tests.Filters;

public sealed class FieldSyntaxTests
{
    [Theory]
    [InlineData("X-One", true)]
    [InlineData("a!#$%&'*+-.^_`|~9", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("a:", false)]
    [InlineData(":path", false)]
    [InlineData("a\r\nb", false)]
    [InlineData("é", false)]
    public void IsName_Text_FollowsTheTokenGrammar(string name, bool expected) => Assert.Equal(expected, FieldSyntax.IsName(name));

    [Theory]
    [InlineData("", true)]
    [InlineData("a b\tc", true)]
    [InlineData("café", true)]
    [InlineData("a\rb", false)]
    [InlineData("a\nb", false)]
    [InlineData("a\0b", false)]
    [InlineData("a\x7f", false)]
    public void IsValue_Text_RefusesControls(string value, bool expected) => Assert.Equal(expected, FieldSyntax.IsValue(value));

    [Theory]
    [InlineData("example.com", true)]
    [InlineData("10.0.0.1", true)]
    [InlineData("[::1]", true)]
    [InlineData("[::ffff:10.0.0.1]", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("a:80", false)]
    [InlineData("a b", false)]
    [InlineData("user@a", false)]
    [InlineData("[a", false)]
    [InlineData("é.example", false)]
    public void IsHost_Text_TakesNamesAndLiterals(string host, bool expected) => Assert.Equal(expected, FieldSyntax.IsHost(host));
}
