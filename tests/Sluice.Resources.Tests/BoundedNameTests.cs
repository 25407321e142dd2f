using System.Text.RegularExpressions;

namespace Sluice.Resources.Tests;

public sealed partial class BoundedNameTests
{
    [Theory]
    [InlineData(63)]
    [InlineData(1)]
    public void Of_NameThatFits_IsTheName(int length) => Assert.Equal(new string('a', length), BoundedName.Of(new string('a', length)));

    [Fact]
    public void Of_Parts_AreJoined() => Assert.Equal("edge-sluice", BoundedName.Of("edge", "sluice"));

    [Theory]
    [InlineData(64)]
    [InlineData(253)]
    public void Of_LongName_IsCutAndStaysApart(int length)
    {
        var one = BoundedName.Of(new string('a', length - 1) + "x");
        var other = BoundedName.Of(new string('a', length - 1) + "y");

        Assert.Equal(63, one.Length);
        Assert.NotEqual(one, other);
        Assert.Equal(one, BoundedName.Of(new string('a', length - 1) + "x"));
        Assert.Matches(Label(), one);
    }

    [Fact]
    public void Of_NameWithDots_IsALabelAndNotAnothersName()
    {
        Assert.Matches(Label(), BoundedName.Of("edge.example.com"));
        Assert.NotEqual("edge-example-com", BoundedName.Of("edge.example.com"));
    }

    [Theory]
    [InlineData('.')]
    [InlineData('-')]
    public void Of_CutBesideASeparator_DoesNotLeaveIt(char separator) =>
        Assert.DoesNotContain("--", BoundedName.Of(new string('a', 51) + separator + new string('b', 40)), StringComparison.Ordinal);

    [Theory]
    [InlineData(253, false)]
    [InlineData(254, true)]
    [InlineData(600, true)]
    public void Subdomain_LongName_IsCutTo253(int length, bool isCut)
    {
        var text = "a." + new string('b', length - 2);

        var name = BoundedName.Subdomain(text);

        Assert.Equal(isCut ? 253 : length, name.Length);
        Assert.Equal(!isCut, name == text);
        Assert.StartsWith("a.b", name, StringComparison.Ordinal);
    }

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")]
    private static partial Regex Label();
}
