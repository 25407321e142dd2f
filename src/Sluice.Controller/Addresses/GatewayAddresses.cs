using System.Net;
using Sluice.Controller.Standalone;

namespace Sluice.Controller.Addresses;

/// <summary>Makes the pool that the options describe.</summary>
public static class GatewayAddresses
{
    public static GatewayAddressPool PoolOf(StandaloneOptions options)
    {
        var first = options.Address ?? (options.AddressPool is null ? IPAddress.Loopback : null);
        return new GatewayAddressPool(
            [.. first is null ? [] : AddressRange.From(first), .. options.AddressPool is { } pool ? AddressRange.Of(pool) : []],
            StandaloneTranslation.ControllerNames(options));
    }
}
