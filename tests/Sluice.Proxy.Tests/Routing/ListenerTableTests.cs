using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Tests.Routing;

public sealed class ListenerTableTests
{
    private readonly ListenerTable _table = ListenerTable.Create(
    [
        Compile("", "only.example.org"), Compile("*.example.com", "*.example.com"), Compile("*.foo.example.com", "*.foo.example.com"), Compile("abc.foo.example.com", "abc.foo.example.com"), Compile("empty.example"),
    ]);

    [Theory]
    [InlineData("bar.com", "", null)]
    [InlineData("only.example.org:80", "", "only.example.org")]
    [InlineData("bar.example.com", "*.example.com", "*.example.com")]
    [InlineData("BAR.example.com.:8080", "*.example.com", "*.example.com")]
    [InlineData("bar.foo.example.com", "*.foo.example.com", "*.foo.example.com")]
    [InlineData("abc.foo.example.com", "abc.foo.example.com", "abc.foo.example.com")]
    [InlineData("empty.example", "empty.example", null)]
    [InlineData("", "", null)]
    public void Match_Authority_BelongsToTheMostSpecificListenerWithoutFallback(string authority, string hostname, string? route)
    {
        RuntimeEntry? entry = _table.Match(TestHead.Create("GET", authority, "/", ""), out RuntimeListener? listener);

        Assert.Equal(hostname, listener?.Source.Hostname);
        Assert.Equal(route is null ? null : $"HTTPRoute/test/{route}", entry?.Rule.Source.Route);
    }

    [Fact]
    public void Match_NoListenerForHost_HasNoListener()
    {
        ListenerTable table = ListenerTable.Create([Compile("a.example", "a.example")]);

        Assert.Null(table.Match(TestHead.Create("GET", "b.example", "/", ""), out RuntimeListener? listener));
        Assert.Null(listener);
    }

    [Fact]
    public void Match_WinnerHasNoRouteForPath_DoesNotFallBackToAnotherListener()
    {
        RuntimeListener specific = Samples.Compile(Samples.Listener("specific", "a.example", Samples.Host("a.example", Samples.Exact("x", "/x"))));
        ListenerTable table = ListenerTable.Create([Compile("", "*"), specific]);

        Assert.Null(table.Match(TestHead.Create("GET", "a.example", "/y", ""), out RuntimeListener? listener));
        Assert.Same(specific, listener);
    }

    private static RuntimeListener Compile(string hostname, params string[] routes) =>
        Samples.Compile(Samples.Listener(hostname, hostname, [.. routes.Select(route => Samples.Host(route, Samples.Prefix(route, "/")))]));
}
