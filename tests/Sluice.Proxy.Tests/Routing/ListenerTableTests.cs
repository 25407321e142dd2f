using System.Text;
using Sluice.Configuration;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Tests.Routing;

public sealed class ListenerTableTests
{
    private readonly ListenerTable _table = ListenerTable.Create(
    [
        .. new[] { "", "*.example.com", "*.foo.example.com", "abc.foo.example.com" }
            .Select(hostname => Samples.Compile(Samples.Listener($"[{hostname}]", hostname, Samples.Host(hostname is "" ? "only.example.org" : hostname)))),
    ]);

    [Theory]
    [InlineData("bar.com", "[]", null)]
    [InlineData("only.example.org:80", "[]", "only.example.org")]
    [InlineData("bar.example.com", "[*.example.com]", "*.example.com")]
    [InlineData("BAR.example.com.:8080", "[*.example.com]", "*.example.com")]
    [InlineData("bar.foo.example.com", "[*.foo.example.com]", "*.foo.example.com")]
    [InlineData("abc.foo.example.com", "[abc.foo.example.com]", "abc.foo.example.com")]
    [InlineData("", "[]", null)]
    public void Find_Authority_TakesTheMostSpecificListenerWithoutFallback(string authority, string listener, string? virtualHost)
    {
        RuntimeListener? found = _table.Find(Encoding.ASCII.GetBytes(authority), out RuntimeVirtualHost? foundHost);

        Assert.Equal(listener, found?.Source.Name);
        Assert.Equal(virtualHost, foundHost?.Source.Hostname);
    }

    [Fact]
    public void Find_NoListenerForHost_IsNull()
    {
        ListenerTable table = ListenerTable.Create([Samples.Compile(Samples.Listener("http", "a.example", Samples.Host("a.example")))]);

        Assert.Null(table.Find("b.example"u8, out RuntimeVirtualHost? virtualHost));
        Assert.Null(virtualHost);
    }

    [Fact]
    public void Find_WinnerHasNoRouteForHost_DoesNotFallBackToAnotherListener()
    {
        Listener every = Samples.Listener("every", "", Samples.Host("*", Samples.Prefix("any", "/")));
        Listener specific = Samples.Listener("specific", "a.example");
        ListenerTable table = ListenerTable.Create([Samples.Compile(every), Samples.Compile(specific)]);

        RuntimeListener? found = table.Find("a.example"u8, out RuntimeVirtualHost? virtualHost);

        Assert.Equal("specific", found?.Source.Name);
        Assert.Null(virtualHost);
    }
}
