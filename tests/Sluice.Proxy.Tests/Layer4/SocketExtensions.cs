using System.Net.Sockets;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Layer4;

/// <summary>What every test does with a socket.</summary>
internal static class SocketExtensions
{
    public static async Task SendAllAsync(this Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await socket.SendAsync(bytes).AsTask().Within("the peer to take bytes")..];
    }

    public static Task SendTextAsync(this Socket socket, string text) => socket.SendAllAsync(Wire.Bytes(text));

    public static async Task<string> ReadTextAsync(this Socket socket, int count)
    {
        var buffer = new byte[count];
        for (var at = 0; at < count;)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(at)).AsTask().Within($"{count} bytes, of which {at} came");
            if (received == 0)
                throw new EndOfStreamException($"the connection ended after {at} of {count} bytes");
            at += received;
        }

        return Wire.Text(buffer);
    }

    /// <summary>What has come; 0 at the end of the stream.</summary>
    public static Task<int> ReceiveSomeAsync(this Socket socket, byte[] buffer) => socket.ReceiveAsync(buffer.AsMemory()).AsTask().Within("bytes or the end of the stream");

    /// <summary>All until the peer's end, which must be an orderly one.</summary>
    public static async Task<string> ReadToEndAsync(this Socket socket)
    {
        var text = new List<byte>();
        var buffer = new byte[64 * 1024];
        int count;
        while ((count = await socket.ReceiveAsync(buffer.AsMemory()).AsTask().Within("the end of the stream")) > 0)
            text.AddRange(buffer.AsSpan(0, count));
        return Wire.Text(text.ToArray());
    }

    /// <summary>The next datagram.</summary>
    public static async Task<byte[]> ReceiveDatagramAsync(this Socket socket)
    {
        var buffer = new byte[65536];
        return buffer[..await socket.ReceiveAsync(buffer.AsMemory()).AsTask().Within("a datagram")];
    }

    /// <summary>Fails unless the connection is reset, whatever comes before.</summary>
    public static async Task ExpectResetAsync(this Socket socket)
    {
        var error = await Assert.ThrowsAsync<SocketException>(socket.ReadToEndAsync);
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
    }

    /// <summary>Closes with a reset.</summary>
    public static void Abort(this Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }
}
