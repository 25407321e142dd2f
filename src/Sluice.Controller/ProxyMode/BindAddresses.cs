using System.Net;
using System.Net.Sockets;

namespace Sluice.Controller.ProxyMode;

/// <summary>What listeners bind.</summary>
internal static class BindAddresses
{
    /// <summary>Those given; without any, every address of IPv4, and of IPv6 where the kernel has it.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<IPAddress> given)
    {
        if (given.Count > 0)
            return [.. given.Select(address => address.ToString())];
        return HasIPv6() ? ["0.0.0.0", "::"] : ["0.0.0.0"];
    }

    private static bool HasIPv6()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.IPv6Any, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
