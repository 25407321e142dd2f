using System.Text;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Tests.Routing;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("example.com:8080", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("example.com.:80", "example.com")]
    [InlineData("Example.COM", "Example.COM")]
    [InlineData("127.0.0.1:1", "127.0.0.1")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("[::1]:8080", "[::1]")]
    [InlineData("[::1", "[::1")]
    [InlineData(".", ".")]
    [InlineData("", "")]
    [InlineData(":80", "")]
    public void Of_Authority_DropsPortAndFinalDot(string authority, string host) =>
        Assert.Equal(host, Encoding.ASCII.GetString(HostName.Of(Encoding.ASCII.GetBytes(authority))));
}
