using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sluice.Proxy.Tests.Support;

/// <summary>
/// A free loopback port that nobody else gets while this lives: bound with SO_REUSEPORT but not listening, so that a server
/// that also sets SO_REUSEPORT can listen on it, and until one does, connections are refused.
/// </summary>
internal sealed class PortReservation : IDisposable
{
    private const int SolSocket = 1;
    private const int SoReusePort = 15;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public PortReservation()
    {
        _socket.SetRawSocketOption(SolSocket, SoReusePort, MemoryMarshal.AsBytes([1]));
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
    }

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Port);

    public void Dispose() => _socket.Dispose();
}
