using System.Net;
using System.Net.Sockets;
using Sluice.Configuration;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>Answers every datagram with what a function makes of it: none, one or several.</summary>
internal sealed class UdpBackend : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Func<byte[], Task<IEnumerable<byte[]>>> _answer;
    private readonly Task _running;
    private int _received;

    private UdpBackend(Func<byte[], Task<IEnumerable<byte[]>>> answer, int port)
    {
        _answer = answer;
        _socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 1 << 20 };
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        Endpoint = new Endpoint("127.0.0.1", ((IPEndPoint)_socket.LocalEndPoint!).Port);
        _running = RunAsync();
    }

    public Endpoint Endpoint { get; }

    public int Received => Volatile.Read(ref _received);

    public static UdpBackend Start(Func<byte[], IEnumerable<byte[]>> answer, int port = 0) => new(datagram => Task.FromResult(answer(datagram)), port);

    /// <summary>Answers in its own time, one datagram after the other.</summary>
    public static UdpBackend Start(Func<byte[], Task<IEnumerable<byte[]>>> answer) => new(answer, 0);

    public static UdpBackend Echo(int port = 0) => Start(datagram => [datagram], port);

    /// <summary>Puts a name in front of what it got.</summary>
    public static UdpBackend Named(string name) => Start(datagram => [[.. System.Text.Encoding.ASCII.GetBytes(name), .. datagram]]);

    private async Task RunAsync()
    {
        var buffer = new byte[65536];
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveFromAsync(buffer.AsMemory(), SocketFlags.None, new IPEndPoint(IPAddress.Any, 0));
                Interlocked.Increment(ref _received);
                foreach (var datagram in await _answer(buffer[..received.ReceivedBytes]))
                    await _socket.SendToAsync(datagram, received.RemoteEndPoint);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _running;
    }
}
