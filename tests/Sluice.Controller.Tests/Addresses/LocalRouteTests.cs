using System.Net;
using Sluice.Controller.Addresses;

namespace Sluice.Controller.Tests.Addresses;

public sealed class LocalRouteTests
{
    // For benchmarks of networks only (RFC 2544): nobody has them.
    [Fact]
    public void Add_Network_MakesItsAddressesLocal_OrSaysWhyNot()
    {
        var range = IPNetwork.Parse("198.18.77.0/24");
        var address = IPAddress.Parse("198.18.77.9");
        try
        {
            Assert.True(LocalRoute.Add(range));
        }
        catch (IOException error)
        {
            // Without CAP_NET_ADMIN.
            Assert.NotEmpty(error.Message);
            Assert.False(LocalAddress.CanBind(address));
            return;
        }
        try
        {
            Assert.True(LocalAddress.CanBind(address));
            Assert.False(LocalRoute.Add(range));
        }
        finally
        {
            Assert.True(LocalRoute.Remove(range));
        }
        Assert.False(LocalRoute.Remove(range));
        Assert.False(LocalAddress.CanBind(address));
    }

    [Fact]
    public void Pool_OfIPv6ThatIsNotLocal_SaysWhatToRun()
    {
        var error = Assert.Throws<AddressPoolException>(() => new LocalPool(IPNetwork.Parse("2001:db8:77::/64")));

        Assert.Contains("ip addr add ADDRESS/128 dev lo", error.Message, StringComparison.Ordinal);
    }
}
