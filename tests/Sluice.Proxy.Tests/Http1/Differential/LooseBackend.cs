using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text;
using Sluice.Proxy.Tests.Http1.Cases;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Differential;

/// <summary>
/// The backend behind a peer: takes whatever the peer passes on, without the strictness that <see cref="WireReader"/> has for
/// our own proxy, notes it, and answers 200.
/// </summary>
internal sealed class LooseBackend : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentQueue<SeenRequest> _seen = new();
    private readonly ConcurrentBag<Socket> _open = [];
    private readonly Task _accepting;
    private volatile bool _disposed;

    public LooseBackend()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public IReadOnlyList<SeenRequest> TakeSeen()
    {
        var taken = new List<SeenRequest>();
        while (_seen.TryDequeue(out var request))
            taken.Add(request);
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        _listener.Close();
        await _accepting;
        foreach (var socket in _open)
            socket.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_disposed)
        {
            try
            {
                var socket = await _listener.AcceptAsync();
                _open.Add(socket);
                _ = ServeAsync(socket);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException && _disposed)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            var text = new StringBuilder();
            var buffer = new byte[64 * 1024];
            try
            {
                while (await socket.ReceiveAsync(buffer) is var count and > 0)
                {
                    text.Append(Wire.Text(buffer.AsSpan(0, count)));
                    while (TryTake(text, out var request))
                    {
                        _seen.Enqueue(request);
                        await socket.SendAsync(Wire.Bytes("HTTP/1.1 200 OK\r\nContent-Length: " + (request.Method == "HEAD" ? "2\r\n\r\n" : "2\r\n\r\nok")));
                    }
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // The peer, or the test, ended the connection.
            }
        }
    }

    private static bool TryTake(StringBuilder buffered, out SeenRequest request)
    {
        request = SeenRequest.SeenGet();
        var text = buffered.ToString();
        var headEnd = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (headEnd < 0)
            return false;
        var lines = text[..headEnd].Split("\r\n");
        string? Field(string name) => lines.Skip(1)
            .Where(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            .Select(line => line[(name.Length + 1)..].Trim()).FirstOrDefault();

        var end = headEnd + 4;
        var body = "";
        var trailers = "";
        if (Field("Transfer-Encoding") is not null)
        {
            if (!TryTakeChunks(text, ref end, out body, out trailers))
                return false;
        }
        else if (Field("Content-Length") is { } length)
        {
            // A peer that passes on a length beyond 64 bits has counted modulo 2^64.
            var count = (long)(BigInteger.Parse(length, CultureInfo.InvariantCulture) % BigInteger.Pow(2, 64));
            if (text.Length - end < count)
                return false;
            body = text.Substring(end, (int)count);
            end += (int)count;
        }

        var method = lines[0][..lines[0].IndexOf(' ', StringComparison.Ordinal)];
        var target = lines[0][(method.Length + 1)..lines[0].LastIndexOf(' ')];
        request = new SeenRequest(method, target, Field("Host") ?? "") { Body = body, Trailers = trailers };
        buffered.Remove(0, end);
        return true;
    }

    private static bool TryTakeChunks(string text, ref int end, out string body, out string trailers)
    {
        body = trailers = "";
        while (text.IndexOf("\r\n", end, StringComparison.Ordinal) is var lineEnd and >= 0)
        {
            var size = int.Parse(text[end..lineEnd].Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            end = lineEnd + 2;
            if (size == 0)
            {
                var sectionEnd = text.IndexOf("\r\n\r\n", end - 2, StringComparison.Ordinal);
                if (sectionEnd < 0)
                    return false;
                trailers = sectionEnd < end ? "" : text[end..sectionEnd].Replace("\r\n", "; ", StringComparison.Ordinal);
                end = sectionEnd + 4;
                return true;
            }
            if (text.Length < end + size + 2)
                return false;
            body += text.Substring(end, size);
            end += size + 2;
        }
        return false;
    }
}
