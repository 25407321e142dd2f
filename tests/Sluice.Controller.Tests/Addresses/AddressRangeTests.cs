using System.Net;
using Sluice.Controller.Addresses;

namespace Sluice.Controller.Tests.Addresses;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1 127.0.0.2 127.0.0.3")]
    [InlineData("127.0.0.254", "127.0.0.254 127.0.0.255 127.0.1.0")]
    [InlineData("127.255.255.253", "127.255.255.253 127.255.255.254")]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::1", "::1")]
    public void From_FirstAddress_CountsLoopbackOnly(string first, string expected) =>
        Assert.Equal(expected, string.Join(' ', AddressRange.From(IPAddress.Parse(first)).Take(3)));

    [Theory]
    [InlineData("192.0.2.0/30", "192.0.2.1 192.0.2.2")]
    [InlineData("192.0.2.4/31", "192.0.2.4 192.0.2.5")]
    [InlineData("192.0.2.9/32", "192.0.2.9")]
    [InlineData("2001:db8::/126", "2001:db8:: 2001:db8::1 2001:db8::2 2001:db8::3")]
    public void Of_Network_LeavesOutNetworkAndBroadcast(string network, string expected) =>
        Assert.Equal(expected, string.Join(' ', AddressRange.Of(IPNetwork.Parse(network))));

    [Fact]
    public void Of_LargeNetwork_IsBounded() =>
        Assert.InRange(AddressRange.Of(IPNetwork.Parse("10.0.0.0/8")).Count(), 1, AddressRange.MaxAddresses);

    [Fact]
    public void Of_LargeIpv6Network_IsBounded() =>
        Assert.InRange(AddressRange.Of(IPNetwork.Parse("2001:db8::/32")).Count(), 1, AddressRange.MaxAddresses + 1);
}
