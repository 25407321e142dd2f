using System.Net;
using System.Net.Sockets;

namespace Sluice.Proxy.Tests.Support;

/// <summary>A client that sends exactly the bytes it is told to.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly Socket _socket;

    private RawClient(Socket socket)
    {
        _socket = socket;
        Reader = new WireReader(socket);
    }

    public WireReader Reader { get; }

    /// <summary>True once the peer would take no more bytes (it closed or reset the connection while we sent).</summary>
    public bool SendFailed { get; private set; }

    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <param name="endPoint">IP or Unix domain address.</param>
    /// <param name="receiveBuffer">Bytes of the socket's receive buffer; 0 leaves the system's default.</param>
    public static async Task<RawClient> ConnectAsync(EndPoint endPoint, int receiveBuffer = 0)
    {
        var socket = endPoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
            socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(endPoint).Within($"connect to {endPoint}");
        return new RawClient(socket);
    }

    public Task SendAsync(string text) => SendAsync(Wire.Bytes(text));

    /// <summary>A peer that refuses early and closes is no error here: what it answered is still to be read.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
                bytes = bytes[await _socket.SendAsync(bytes).AsTask().Within("the peer to take bytes")..];
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
            SendFailed = true;
        }
    }

    /// <summary>Sends without waiting for room; returns how many bytes the kernel took now (0: none).</summary>
    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        _socket.Blocking = false;
        var count = _socket.Send(bytes, SocketFlags.None, out var error);
        return error == SocketError.WouldBlock ? 0 : count;
    }

    public void ShutdownSend()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.NotConnected or SocketError.ConnectionReset)
        {
            SendFailed = true;
        }
    }

    /// <summary>Closes with a reset instead of an orderly end.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    /// <summary>The next response, which must come.</summary>
    public async Task<WireMessage> ReadResponseAsync(string requestMethod = "GET") =>
        await Reader.ReadResponseAsync(requestMethod) ?? throw new WireFormatException($"the connection ended ({Reader.End}) without a response");

    public async Task<WireMessage> ExchangeAsync(string request)
    {
        await SendAsync(request);
        return await ReadResponseAsync(request[..request.IndexOf(' ', StringComparison.Ordinal)]);
    }

    /// <summary>Fails unless the peer ends the connection without another byte.</summary>
    public async Task ExpectCloseAsync()
    {
        var rest = await Reader.ReadToEndAsync();
        if (rest.Length > 0)
            throw new WireFormatException($"expected the end of the connection, got {Wire.Show(rest)}");
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
