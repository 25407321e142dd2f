using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Sluice.Cli.Echo;

/// <summary>Answers every datagram with one JSON datagram.</summary>
internal sealed class EchoUdpServer : IAsyncDisposable
{
    private readonly UdpClient _socket;
    private readonly EchoOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _receiving;

    private EchoUdpServer(UdpClient socket, EchoOptions options)
    {
        _socket = socket;
        _options = options;
        _receiving = ReceiveAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

    /// <exception cref="SocketException">The port cannot be bound.</exception>
    public static EchoUdpServer Start(IPEndPoint endPoint, EchoOptions options) => new(new UdpClient(endPoint), options);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _receiving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var datagram = await _socket.ReceiveAsync(_stop.Token);
                var request = Encoding.UTF8.GetString(datagram.Buffer).TrimEnd('\r', '\n');
                await _socket.SendAsync(EchoJson.WriteLayer4(request, _options), datagram.RemoteEndPoint, _stop.Token);
            }
            catch (SocketException)
            {
                // An earlier answer met a closed port (ICMP): the next datagram is not affected.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
