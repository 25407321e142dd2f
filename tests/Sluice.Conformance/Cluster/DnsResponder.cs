using System.Net;
using System.Net.Sockets;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance.Cluster;

/// <summary>Plays the suite's CoreDNS: answers every query for an address with its own.</summary>
internal sealed class DnsResponder : IAsyncDisposable
{
    private readonly UdpClient _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _answering;

    private DnsResponder(UdpClient socket)
    {
        _socket = socket;
        _answering = AnswerAsync();
    }

    public IPEndPoint EndPoint => (IPEndPoint)_socket.Client.LocalEndPoint!;

    /// <exception cref="SocketException">The port cannot be bound.</exception>
    public static DnsResponder Start(IPEndPoint endPoint) => new(new UdpClient(endPoint));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _answering;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task AnswerAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var datagram = await _socket.ReceiveAsync(_stop.Token);
                if (DnsMessage.Answer(datagram.Buffer, EndPoint.Address) is { } answer)
                    await _socket.SendAsync(answer, datagram.RemoteEndPoint, _stop.Token);
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
