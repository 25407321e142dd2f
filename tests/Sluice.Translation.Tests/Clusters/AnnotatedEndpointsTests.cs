using Sluice.Configuration;
using Sluice.Translation.Clusters;

namespace Sluice.Translation.Tests.Clusters;

public sealed class AnnotatedEndpointsTests
{
    [Fact]
    public void Read_AddressesWithPorts_KeepsTheirOrderAndDropsRepeats()
    {
        var faults = new List<string>();

        var endpoints = AnnotatedEndpoints.Read("10.0.0.2:1, 10.0.0.1:65535 ,[2001:DB8::1]:80,10.0.0.2:1", faults);

        Assert.Empty(faults);
        Assert.Equal([new Endpoint("10.0.0.2", 1), new Endpoint("10.0.0.1", 65535), new Endpoint("2001:db8::1", 80)], endpoints);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:+80")]
    [InlineData("127.0.0.1:80:80")]
    [InlineData("127.1:80")]
    [InlineData("0x7f.0.0.1:80")]
    [InlineData("localhost:80")]
    [InlineData("::1:80")]
    [InlineData("[127.0.0.1]:80")]
    [InlineData(":80")]
    public void Read_SomethingElse_SaysWhatWouldBeRight(string entry)
    {
        var faults = new List<string>();

        Assert.Empty(AnnotatedEndpoints.Read(entry, faults));
        Assert.Contains("127.0.0.1:3000", Assert.Single(faults), StringComparison.Ordinal);
    }
}
