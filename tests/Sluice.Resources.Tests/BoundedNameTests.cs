namespace Sluice.Resources.Tests;

public sealed class BoundedNameTests
{
    [Theory]
    [InlineData("web", "sluice", "web-sluice")]
    [InlineData("my.web", "sluice", "my-web-sluice-[0-9a-f]{10}")]
    [InlineData("1web", "sluice", "gw-1web-sluice-[0-9a-f]{10}")]
    public void Of_Names_AreNamesOfServices(string name, string suffix, string expected) => Assert.Matches($"^{expected}$", BoundedName.Of(name, suffix));

    [Fact]
    public void Label_KeepsWhatFits()
    {
        Assert.Equal("my.web", BoundedName.Label("my.web"));
        Assert.Equal(new string('a', 63), BoundedName.Label(new string('a', 63)));
        Assert.Matches("^a{52}-[0-9a-f]{10}$", BoundedName.Label(new string('a', 64)));
        Assert.NotEqual(BoundedName.Label(new string('a', 64)), BoundedName.Label(new string('a', 65)));
    }
}
