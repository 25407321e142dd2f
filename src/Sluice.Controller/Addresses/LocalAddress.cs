using System.Net;
using System.Net.Sockets;

namespace Sluice.Controller.Addresses;

/// <summary>Tells whether an address is one of this machine's.</summary>
internal static class LocalAddress
{
    public static bool CanBind(IPAddress address)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Bind(new IPEndPoint(address, 0));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
