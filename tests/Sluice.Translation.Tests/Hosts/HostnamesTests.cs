using Sluice.Translation.Hosts;

namespace Sluice.Translation.Tests.Hosts;

/// <summary>GEP-718: what a listener and a route have in common.</summary>
public sealed class HostnamesTests
{
    [Theory]
    [InlineData("", "", "*")]
    [InlineData("a.example.com", "", "a.example.com")]
    [InlineData("*.example.com", "", "*.example.com")]
    [InlineData("", "a.example.com *.example.org", "a.example.com *.example.org")]
    [InlineData("a.example.com", "a.example.com b.example.com", "a.example.com")]
    [InlineData("a.example.com", "*.example.com", "a.example.com")]
    [InlineData("a.b.example.com", "*.example.com", "a.b.example.com")]
    [InlineData("*.example.com", "a.example.com a.b.example.com", "a.example.com a.b.example.com")]
    [InlineData("*.example.com", "*.b.example.com", "*.b.example.com")]
    [InlineData("*.b.example.com", "*.example.com", "*.b.example.com")]
    [InlineData("*.example.com", "example.com", "")]
    [InlineData("example.com", "*.example.com", "")]
    [InlineData("*.example.com", "*.example.org badexample.com", "")]
    [InlineData("a.example.com", "b.example.com", "")]
    [InlineData("a.example.com", "A.Example.COM", "a.example.com")]
    [InlineData("*.example.com", "*.com a.example.com *.example.com", "*.example.com a.example.com")]
    public void Intersect_GivesTheNarrowerOfEachPair(string listener, string route, string expected) =>
        Assert.Equal(Split(expected), Hostnames.Intersect(listener, Split(route)));

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
