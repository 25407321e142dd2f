using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Sluice.Conformance.Traffic;

/// <summary>
/// Begins a TLS handshake that must be refused as a TLSRoute without a match refuses: the server takes the connection, says
/// nothing and ends it with FIN or RST. An alert, a handshake that goes on, silence and a port that is closed are not that.
/// </summary>
internal static class HandshakeProbe
{
    private const byte AlertRecord = 21;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <returns>Null when it was refused in this way, else what came instead.</returns>
    public static async Task<string?> RefusedAsync(IPEndPoint target, string serverName, X509Certificate2 trusted, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Patience);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, timeout.Token);
        }
        catch (SocketException error)
        {
            socket.Dispose();
            return $"the connection did not come about: {error.SocketErrorCode}";
        }
        await using var wire = new WireStream(socket);
        try
        {
            await using var stream = await new TlsClient(serverName, trusted).HandshakeAsync(wire, SslApplicationProtocol.Http11, timeout.Token);
            return "the handshake succeeded";
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"{wire.Received} bytes and no end within {Patience.TotalSeconds} s";
        }
        catch (Exception error) when (error is IOException or AuthenticationException)
        {
            if (wire.First == AlertRecord)
                return $"a TLS alert came: {error.Message}";
            if (wire.Received > 0)
                return $"{wire.Received} bytes of a handshake came: {error.Message}";
            return wire.End == WireEnd.None ? $"neither FIN nor RST came: {error.Message}" : null;
        }
    }
}
