using System.Net;
using Sluice.Controller.Addresses;

namespace Sluice.Controller.Tests.Addresses;

public sealed class LocalRouteTests
{
    // For benchmarks of networks only (RFC 2544): nobody has them.
    [Theory]
    [InlineData("198.18.77.0/24", "198.18.77.9")]
    [InlineData("2001:db8:77::/64", "2001:db8:77::9")]
    public void Add_Network_MakesItsAddressesLocal_OrSaysWhyNot(string network, string address)
    {
        var range = IPNetwork.Parse(network);
        try
        {
            Assert.True(LocalRoute.Add(range));
        }
        catch (IOException error)
        {
            // Without CAP_NET_ADMIN, or without the family of addresses.
            Assert.NotEmpty(error.Message);
            Assert.False(LocalAddress.CanBind(IPAddress.Parse(address)));
            return;
        }
        try
        {
            Assert.True(LocalAddress.CanBind(IPAddress.Parse(address)));
            Assert.False(LocalRoute.Add(range));
        }
        finally
        {
            Assert.True(LocalRoute.Remove(range));
        }
        Assert.False(LocalRoute.Remove(range));
        Assert.False(LocalAddress.CanBind(IPAddress.Parse(address)));
    }
}
