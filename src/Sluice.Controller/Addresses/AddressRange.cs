using System.Net;
using System.Net.Sockets;

namespace Sluice.Controller.Addresses;

/// <summary>Candidate addresses in the order in which they are tried.</summary>
public static class AddressRange
{
    /// <summary>No more than this many addresses of a range are tried.</summary>
    public const int MaxAddresses = 65_536;

    /// <summary>
    /// For a loopback IPv4 address: it and those after it, since all of 127.0.0.0/8 is local. For any other: it alone.
    /// </summary>
    public static IEnumerable<IPAddress> From(IPAddress first)
    {
        if (first.AddressFamily != AddressFamily.InterNetwork || !IPAddress.IsLoopback(first))
            return [first];
        return Count(first, uint.MaxValue).TakeWhile(IPAddress.IsLoopback).Where(address => !address.Equals(IPAddress.Parse("127.255.255.255")));
    }

    /// <summary>Of an IPv4 network larger than two addresses, the network's own and the broadcast address are left out.</summary>
    public static IEnumerable<IPAddress> Of(IPNetwork network)
    {
        var hostBits = (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) - network.PrefixLength;
        var size = hostBits >= 32 ? uint.MaxValue : 1u << hostBits;
        var all = Count(network.BaseAddress, size);
        return network.BaseAddress.AddressFamily == AddressFamily.InterNetwork && hostBits > 1 ? all.Skip(1).Take((int)Math.Min(size - 2, MaxAddresses)) : all;
    }

    private static IEnumerable<IPAddress> Count(IPAddress first, uint size)
    {
        var bytes = first.GetAddressBytes();
        for (var i = 0u; i < size && i <= MaxAddresses; i++)
        {
            yield return new IPAddress(bytes);
            for (var position = bytes.Length - 1; position >= 0 && ++bytes[position] == 0;)
                position--;
        }
    }
}
