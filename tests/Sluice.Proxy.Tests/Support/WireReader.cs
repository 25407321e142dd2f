using System.Globalization;
using System.Net.Sockets;

namespace Sluice.Proxy.Tests.Support;

/// <summary>
/// Reads what the proxy writes, and insists that it is written as RFC 9112 tells senders to write: CRLF everywhere, one space
/// in the start line, token names, no control characters, one framing. Anything else is a <see cref="WireFormatException"/>.
/// </summary>
internal sealed class WireReader(Socket socket)
{
    private const string TokenExtra = "!#$%&'*+-.^_`|~";

    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>How the peer's stream ended; null while it has not.</summary>
    public StreamEnd? End { get; private set; }

    /// <summary>Octets that have arrived and were not read yet.</summary>
    public string Pending => Wire.Text(_buffer.AsSpan(_start, _end - _start));

    /// <summary>Null when the stream ended before the first byte of another head.</summary>
    public async Task<WireMessage?> ReadHeadAsync()
    {
        int length;
        while ((length = Buffered().IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (await FillAsync())
                continue;
            if (_start == _end)
                return null;
            throw WireFormatException.EndedIn("a head", End, Pending);
        }

        var head = Take(length + 4);
        var lines = head[..^4].Split("\r\n");
        var fields = lines.Skip(1).Select(line => ParseField(line, head)).ToArray();
        if (head.AsSpan(0, length).IndexOfAny("\0\v\f") >= 0 || lines.Any(line => line.AsSpan().IndexOfAny('\r', '\n') >= 0))
            throw new WireFormatException($"control character in a head: {Wire.Show(head)}");
        return new WireMessage(lines[0], fields) { RawHead = head };
    }

    /// <summary>Reads a request; null when the stream ended before its first byte.</summary>
    /// <param name="mayIdle">Its first byte may take as long as it likes: the connection is kept for requests that may come.</param>
    public async Task<WireMessage?> ReadRequestAsync(bool mayIdle = false)
    {
        if (mayIdle && _start == _end && !await FillAsync(isLimited: false))
            return null;
        var head = await ReadHeadAsync();
        if (head is null)
            return null;
        CheckRequestHead(head);
        return await ReadBodyAsync(head, untilClose: false);
    }

    /// <summary>Reads a response (interim ones too, one by one); null when the stream ended before its first byte.</summary>
    public async Task<WireMessage?> ReadResponseAsync(string requestMethod = "GET")
    {
        var head = await ReadHeadAsync();
        if (head is null)
            return null;
        if (!head.StartLine.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || head.StartLine.Length < 13 || head.StartLine[12] != ' ')
            throw new WireFormatException($"bad status line: {head}");
        var tunnel = requestMethod == "CONNECT" && head.Status is >= 200 and < 300;
        return requestMethod == "HEAD" || head.Status is < 200 or 204 or 304 || tunnel
            ? head
            : await ReadBodyAsync(head, untilClose: head["Content-Length"] is null);
    }

    /// <summary>The request body that <paramref name="head"/> announces (or response body, up to the end of the stream if unframed).</summary>
    public async Task<WireMessage> ReadBodyAsync(WireMessage head, bool untilClose)
    {
        CheckFraming(head);
        if (head.IsChunked)
            return await ReadChunkedAsync(head);
        if (head["Content-Length"] is { } text)
            return head with { Body = await ReadExactlyAsync(long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture)) };
        return untilClose ? head with { Body = await ReadToEndAsync() } : head;
    }

    public async Task<string> ReadExactlyAsync(long count)
    {
        while (_end - _start < count)
        {
            if (!await FillAsync())
                throw WireFormatException.EndedIn($"{count} bytes of a body", End, Pending);
        }
        return Take((int)count);
    }

    /// <summary>What has come, at least one byte; "" at the end of the stream.</summary>
    public async Task<string> ReadSomeAsync()
    {
        if (_start == _end)
            await FillAsync();
        return Take(_end - _start);
    }

    /// <summary>Everything up to the end of the stream, however it ends.</summary>
    public async Task<string> ReadToEndAsync()
    {
        while (await FillAsync())
        {
        }
        return Take(_end - _start);
    }

    /// <summary>Reads and drops up to <paramref name="count"/> bytes; fewer when the stream ends.</summary>
    public async Task<long> DiscardAsync(long count)
    {
        var dropped = 0L;
        while (dropped < count)
        {
            if (_start == _end && !await FillAsync())
                return dropped;
            var step = (int)Math.Min(count - dropped, _end - _start);
            _start += step;
            dropped += step;
        }
        return dropped;
    }

    private async Task<WireMessage> ReadChunkedAsync(WireMessage head)
    {
        var body = new System.Text.StringBuilder();
        while (true)
        {
            var size = await ReadLineAsync();
            if (size.Length is 0 or > 15 || !size.All(char.IsAsciiHexDigit))
                throw new WireFormatException($"bad chunk size line: {Wire.Show(size)}");
            var count = long.Parse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (count == 0)
                break;
            body.Append(await ReadExactlyAsync(count));
            if (await ReadExactlyAsync(2) != "\r\n")
                throw new WireFormatException("no CRLF after chunk data");
        }
        var trailers = new List<WireField>();
        for (var line = await ReadLineAsync(); line.Length > 0; line = await ReadLineAsync())
            trailers.Add(ParseField(line, line));
        return head with { Body = body.ToString(), Trailers = trailers };
    }

    /// <summary>Without its end.</summary>
    public async Task<string> ReadLineAsync()
    {
        int length;
        while ((length = Buffered().IndexOf("\r\n"u8)) < 0)
        {
            if (!await FillAsync())
                throw WireFormatException.EndedIn("a chunk line", End, Pending);
        }
        return Take(length + 2)[..^2];
    }

    private async Task<bool> FillAsync(bool isLimited = true)
    {
        if (End is not null)
            return false;
        if (_end == _buffer.Length)
        {
            var bigger = _end - _start > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
            _buffer.AsSpan(_start, _end - _start).CopyTo(bigger);
            (_buffer, _end, _start) = (bigger, _end - _start, 0);
        }
        try
        {
            var receiving = socket.ReceiveAsync(_buffer.AsMemory(_end)).AsTask();
            var count = isLimited ? await receiving.Within($"more bytes after {Wire.Show(Pending)}") : await receiving;
            _end += count;
            if (count == 0)
                End = StreamEnd.Closed;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            End = StreamEnd.Reset;
        }
        return End is null;
    }

    private ReadOnlySpan<byte> Buffered() => _buffer.AsSpan(_start, _end - _start);

    private string Take(int count)
    {
        var text = Wire.Text(_buffer.AsSpan(_start, count));
        _start += count;
        if (_start == _end)
            _start = _end = 0;
        return text;
    }

    private static WireField ParseField(string line, string message)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || !line.AsSpan(0, colon).ToArray().All(IsTokenChar))
            throw new WireFormatException($"bad field line \"{Wire.Show(line)}\" in {Wire.Show(message)}");
        return new WireField(line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
    }

    private static bool IsTokenChar(char c) => char.IsAsciiLetterOrDigit(c) || TokenExtra.Contains(c, StringComparison.Ordinal);

    private static void CheckRequestHead(WireMessage head)
    {
        var parts = head.StartLine.Split(' ');
        if (parts.Length != 3 || parts[0].Length == 0 || !parts[0].All(IsTokenChar) || parts[1].Length == 0 || parts[2] != "HTTP/1.1")
            throw new WireFormatException($"bad request line: {head}");
        if (parts[1].Any(c => c is <= ' ' or >= '\x7f'))
            throw new WireFormatException($"bad request target: {head}");
        if (head.Count("Host") != 1)
            throw new WireFormatException($"{head.Count("Host")} Host fields: {head}");
    }

    private static void CheckFraming(WireMessage head)
    {
        if (head.Count("Content-Length") + head.Count("Transfer-Encoding") > 1)
            throw new WireFormatException($"more than one framing: {head}");
        if (head["Content-Length"] is { } length && (length.Length is 0 or > 18 || !length.All(char.IsAsciiDigit)))
            throw new WireFormatException($"bad Content-Length: {head}");
        if (head["Transfer-Encoding"] is { } coding && coding != "chunked")
            throw new WireFormatException($"bad Transfer-Encoding: {head}");
    }
}
