using System.Net;
using System.Net.Sockets;

namespace Sluice.Proxy.Tests.Support;

/// <summary>
/// A free loopback port that nobody else gets while this lives: bound with SO_REUSEPORT but not listening, so that a server
/// that also sets SO_REUSEPORT can listen on it, and until one does, connections are refused.
/// </summary>
internal sealed class PortReservation : IDisposable
{
    private const int SolSocket = 1;
    private const int SoReusePort = 15;

    private readonly Socket _socket = Bind(0);

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Port);

    /// <summary>Another socket on the same port, to listen on.</summary>
    public Socket BindAnother() => Bind(Port);

    public void Dispose() => _socket.Dispose();

    private static Socket Bind(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetRawSocketOption(SolSocket, SoReusePort, BitConverter.GetBytes(1));
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }
}
