using System.Net;
using System.Net.Sockets;

namespace Sluice.Cli.Quickstart;

/// <summary>Finds loopback ports that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>The wanted port when it is free, else any other.</summary>
    public static int Near(int wanted) => TryBind(wanted) ?? TryBind(0) ?? throw new UserErrorException("no TCP port is free on 127.0.0.1.");

    private static int? TryBind(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return ((IPEndPoint)socket.LocalEndPoint!).Port;
        }
        catch (SocketException)
        {
            return null;
        }
    }
}
