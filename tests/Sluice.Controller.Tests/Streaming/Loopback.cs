using System.Net;
using System.Net.Sockets;

namespace Sluice.Controller.Tests.Streaming;

/// <summary>An address of the loopback network that no other test uses, so that a port that was free on it stays free.</summary>
internal static class Loopback
{
    public static IPAddress NewAddress() =>
        new([127, (byte)Random.Shared.Next(1, 255), (byte)Random.Shared.Next(0, 255), (byte)Random.Shared.Next(1, 255)]);

    /// <summary>A port that is free on it, as is the one above.</summary>
    public static int FreePort(IPAddress address)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return Math.Min(((IPEndPoint)socket.LocalEndPoint!).Port, 65_000);
    }
}
