using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Hpack;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Support;

/// <summary>
/// An HTTP/2 client that sends exactly the frames it is told to, and reads what comes back strictly: a frame that no server may
/// send at that point, or that no window allows, is a <see cref="WireFormatException"/>. Nothing is read but while a method waits.
/// </summary>
internal sealed class Http2Client : IAsyncDisposable
{
    public const string Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private readonly Socket _socket;
    private readonly FrameReader _reader;
    private readonly HpackProbe _hpack = new();
    private readonly Dictionary<int, Http2Response> _responses = [];
    private readonly ClientWindows _windows = new();
    private readonly List<Frame> _received = [];
    private readonly List<byte> _block = [];
    private Frame? _blockStart;

    private Http2Client(Socket socket)
    {
        _socket = socket;
        _reader = new FrameReader(socket);
    }

    /// <summary>Whether received data is given back to the windows at once.</summary>
    public bool GivesBack { get; set; } = true;

    /// <summary>Whether SETTINGS and PING of the server are acknowledged as they are read.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>What the server has said in SETTINGS.</summary>
    public Dictionary<SettingId, uint> ServerSettings { get; } = [];

    /// <summary>All frames so far, in order.</summary>
    public IReadOnlyList<Frame> Received => _received;

    /// <summary>The last GOAWAY.</summary>
    public Frame? GoneAway => _received.LastOrDefault(frame => frame.Type == FrameType.GoAway);

    /// <summary>How the connection has ended; null while it has not.</summary>
    public StreamEnd? End => _reader.End;

    /// <summary>The server would take no more bytes.</summary>
    public bool SendFailed { get; private set; }

    public IPEndPoint LocalEndPoint => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>A connection on which nothing has been said yet.</summary>
    /// <param name="endPoint">IP or Unix domain address.</param>
    /// <param name="receiveBuffer">Bytes of the socket's receive buffer; 0 leaves the system's default.</param>
    public static async Task<Http2Client> OpenAsync(EndPoint endPoint, int receiveBuffer = 0)
    {
        var socket = endPoint is UnixDomainSocketEndPoint
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
            socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(endPoint).Within($"connect to {endPoint}");
        return new Http2Client(socket);
    }

    /// <summary>A connection with the prefaces of both sides exchanged (RFC 9113 3.4).</summary>
    public static async Task<Http2Client> ConnectAsync(EndPoint endPoint, params (SettingId Id, uint Value)[] settings)
    {
        var client = await OpenAsync(endPoint);
        await client.HandshakeAsync(settings);
        return client;
    }

    public async Task HandshakeAsync(params (SettingId Id, uint Value)[] settings)
    {
        await WriteAsync(Wire.Bytes(Preface));
        await SendAsync([Make.Settings(settings)]);
        await ReadUntilAsync(frame => frame.Type == FrameType.Settings && !frame.IsAck, "the server's SETTINGS");
        if (_received[0].Type != FrameType.Settings || _received[0].IsAck)
            throw new WireFormatException($"the server's preface is {_received[0]}");
    }

    public Task SendAsync(IEnumerable<Frame> frames)
    {
        var sent = frames.ToArray();
        foreach (var frame in sent)
            _windows.Sent(frame);
        return WriteAsync(Frame.ToBytes(sent));
    }

    /// <summary>Sends octets that are not looked at: from now on nobody knows what the windows are.</summary>
    public Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        _windows.AreUnknown = true;
        return WriteAsync(bytes);
    }

    /// <summary>A server that gives up early and closes is no error here: what it said is still to be read.</summary>
    private async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
                bytes = bytes[await _socket.SendAsync(bytes).AsTask().Within("the server to take bytes")..];
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown or SocketError.ConnectionAborted)
        {
            SendFailed = true;
        }
    }

    /// <summary>A request without a body, and all of its answer.</summary>
    public async Task<Http2Response> GetAsync(int stream, string path = "/", params (string Name, string Value)[] fields)
    {
        await SendAsync([Make.Get(stream, path, fields)]);
        return await ResponseAsync(stream);
    }

    /// <summary>Sends a body as the windows allow, in frames of at most so many octets.</summary>
    public async Task SendBodyAsync(int stream, string body, bool endsStream = true, int step = 16 * 1024)
    {
        for (var at = 0; at < body.Length || (body.Length == 0 && at == 0);)
        {
            var count = Math.Min(Math.Min(step, body.Length - at), _windows.Sendable(stream));
            if (count <= 0 && body.Length > 0)
            {
                if (await NextAsync() is null)
                    throw new WireFormatException($"the connection ended while a body was sent: {this}");
                if (Response(stream).IsOver)
                    return;
                continue;
            }

            var isLast = at + count == body.Length;
            await SendAsync([Make.Data(stream, body.Substring(at, count), isLast && endsStream ? FrameFlags.EndStream : 0)]);
            at += Math.Max(count, 1);
        }
    }

    /// <summary>What a stream has brought so far.</summary>
    public Http2Response Response(int stream)
    {
        if (!_responses.TryGetValue(stream, out var response))
            _responses.Add(stream, response = new Http2Response());
        return response;
    }

    /// <summary>Waits until the stream's answer is complete, or reset.</summary>
    public Task<Http2Response> ResponseAsync(int stream) => ResponseWhenAsync(stream, response => response.IsOver);

    /// <summary>Waits until the stream's answer has got so far.</summary>
    public async Task<Http2Response> ResponseWhenAsync(int stream, Func<Http2Response, bool> condition)
    {
        var response = Response(stream);
        while (!condition(response))
        {
            if (await NextAsync() is null)
                throw new WireFormatException($"the connection ended ({End}) without what stream {stream} waits for: {this}") { Truncated = true };
        }
        return response;
    }

    /// <summary>A PING and its answer: whatever was sent before has been looked at then.</summary>
    public async Task PingAsync(string opaque = "barrier!")
    {
        await SendAsync([Make.Ping(opaque)]);
        await ReadUntilAsync(frame => frame is { Type: FrameType.Ping, IsAck: true } && Wire.Text(frame.Payload) == opaque, "the answer to PING");
    }

    public async Task<Frame> ReadUntilAsync(Func<Frame, bool> condition, string what)
    {
        while (await NextAsync() is { } frame)
        {
            if (condition(frame))
                return frame;
        }
        throw new WireFormatException($"the connection ended ({End}) without {what}: {this}");
    }

    /// <summary>Reads on until the server ends the connection.</summary>
    public async Task ReadToEndAsync()
    {
        while (await NextAsync() is not null)
        {
        }
    }

    /// <summary>Reads one frame and does what a client has to do about it; null when the connection has ended.</summary>
    public async Task<Frame?> NextAsync()
    {
        if (await _reader.ReadAsync() is not { } frame)
            return null;
        _received.Add(frame);
        if (_blockStart is not null && (frame.Type != FrameType.Continuation || frame.StreamId != _blockStart.StreamId))
            throw new WireFormatException($"{frame} inside a field block of {_blockStart}");
        await HandleAsync(frame);
        return frame;
    }

    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset instead of an orderly end.</summary>
    public void Reset()
    {
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _hpack.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>What has come, for messages of failed tests.</summary>
    public override string ToString() => $"received [{string.Join(" | ", _received.TakeLast(20))}], end {End}{(SendFailed ? ", sending failed" : "")}";

    private async Task HandleAsync(Frame frame)
    {
        switch (frame.Type)
        {
            case FrameType.Headers or FrameType.Continuation:
                AddFragment(frame);
                break;
            case FrameType.Data:
                _windows.Received(frame);
                Open(frame).AddData(Wire.Text(frame.Payload), frame.EndsStream);
                if (GivesBack && frame.Payload.Length > 0)
                    await SendAsync([Make.WindowUpdate(0, frame.Payload.Length), .. frame.EndsStream ? (Frame[])[] : [Make.WindowUpdate(frame.StreamId, frame.Payload.Length)]]);
                break;
            case FrameType.RstStream:
                Response(frame.StreamId).Reset = frame.ErrorCode;
                break;
            case FrameType.WindowUpdate:
                _windows.Granted(frame.StreamId, BinaryPrimitives.ReadInt32BigEndian(frame.Payload));
                break;
            case FrameType.Settings when frame.IsAck:
                _windows.Acknowledged();
                break;
            case FrameType.Settings:
                TakeSettings(frame);
                if (Acknowledges)
                    await SendAsync([Make.SettingsAck()]);
                break;
            case FrameType.Ping when !frame.IsAck && Acknowledges:
                await SendAsync([frame with { Flags = FrameFlags.Ack }]);
                break;
        }
    }

    private void AddFragment(Frame frame)
    {
        if (frame.Type == FrameType.Headers)
            _blockStart = frame;
        else if (_blockStart is null)
            throw new WireFormatException($"no field block for {frame}");
        _block.AddRange(frame.Payload);
        if ((frame.Flags & FrameFlags.EndHeaders) == 0)
            return;
        var fields = _hpack.Decode([.. _block]) ?? throw new WireFormatException($"field block {Wire.Show(Wire.Text([.. _block]))}");
        Open(_blockStart!).AddSection([.. fields.Select(Split)], _blockStart!.EndsStream);
        _block.Clear();
        _blockStart = null;
    }

    private Http2Response Open(Frame frame)
    {
        var response = Response(frame.StreamId);
        return response.IsOver ? throw new WireFormatException($"{frame} after the stream's end: {this}") : response;
    }

    private void TakeSettings(Frame frame)
    {
        for (var rest = frame.Payload.AsSpan(); rest.Length > 0; rest = rest[6..])
        {
            var (id, value) = ((SettingId)BinaryPrimitives.ReadUInt16BigEndian(rest), BinaryPrimitives.ReadUInt32BigEndian(rest[2..]));
            ServerSettings[id] = value;
            if (id == SettingId.InitialWindowSize)
                _windows.ServerInitial = (int)value;
        }
    }

    private static WireField Split(string field)
    {
        var text = field.Replace(" (never indexed)", "", StringComparison.Ordinal);
        var colon = text.IndexOf(": ", 1, StringComparison.Ordinal);
        return new WireField(text[..colon], text[(colon + 2)..]);
    }
}
