using System.Net;
using System.Net.Sockets;
using System.Text;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Http2.Hpack;
using Sluice.Proxy.Tests.Http2.Hpack;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>A client that sends exactly the frames that it is told to, and reads those of the proxy one by one.</summary>
internal sealed class FrameClient : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly HpackProbe _probe = new();
    private readonly Queue<ReceivedFrame> _setAside = new();
    private readonly byte[] _header = new byte[FrameHeader.Size];

    private FrameClient(Socket socket) => _socket = socket;

    public static async Task<FrameClient> ConnectRawAsync(IPEndPoint endPoint, int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
            socket.ReceiveBufferSize = receiveBuffer;
        await socket.ConnectAsync(endPoint).Within("connect");
        return new FrameClient(socket);
    }

    /// <summary>Connects, exchanges prefaces and settings.</summary>
    /// <param name="endPoint">The proxy.</param>
    /// <param name="settings">What the client says about itself.</param>
    public static async Task<FrameClient> ConnectAsync(IPEndPoint endPoint, params (SettingId Id, uint Value)[] settings)
    {
        var client = await ConnectRawAsync(endPoint);
        await client.SendAsync(ConnectionPreface.Bytes.ToArray());
        await client.SendSettingsAsync(settings);
        await client.ReadAsync(FrameType.Settings);
        await client.SendAsync(FrameType.Settings, FrameFlags.Ack, 0);
        return client;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[await _socket.SendAsync(bytes).AsTask().Within("the proxy to take bytes")..];
    }

    public Task SendAsync(FrameType type, FrameFlags flags, int streamId, params byte[] payload) =>
        SendAsync(Frame(type, flags, streamId, payload));

    public Task SendSettingsAsync(params (SettingId Id, uint Value)[] settings)
    {
        var payload = new byte[settings.Length * PeerSettings.EntrySize];
        for (var i = 0; i < settings.Length; i++)
            FrameWriter.Setting(payload.AsSpan(i * PeerSettings.EntrySize), settings[i].Id, settings[i].Value);
        return SendAsync(FrameType.Settings, FrameFlags.None, 0, payload);
    }

    public Task SendWindowUpdateAsync(int streamId, int increment)
    {
        var frame = new byte[FrameWriter.WindowUpdateSize];
        FrameWriter.WindowUpdate(frame, streamId, increment);
        return SendAsync(frame);
    }

    public Task SendDataAsync(int streamId, string data, bool end) =>
        SendAsync(FrameType.Data, end ? FrameFlags.EndStream : FrameFlags.None, streamId, Encoding.Latin1.GetBytes(data));

    /// <summary>HEADERS in one frame; every field is "name: value".</summary>
    public Task SendHeadersAsync(int streamId, bool end, params string[] fields) =>
        SendAsync(FrameType.Headers, FrameFlags.EndHeaders | (end ? FrameFlags.EndStream : FrameFlags.None), streamId, Block(fields));

    /// <summary>A request without body for a.test, with more fields.</summary>
    public Task SendGetAsync(int streamId, string path, params string[] fields) =>
        SendHeadersAsync(streamId, end: true, [":method: GET", ":scheme: http", $":path: {path}", ":authority: a.test", .. fields]);

    /// <summary>The head of a request with body for a.test, with more fields.</summary>
    public Task SendPostAsync(int streamId, string path, params string[] fields) =>
        SendHeadersAsync(streamId, end: false, [":method: POST", ":scheme: http", $":path: {path}", ":authority: a.test", .. fields]);

    public static byte[] Frame(FrameType type, FrameFlags flags, int streamId, byte[] payload)
    {
        var frame = new byte[FrameHeader.Size + payload.Length];
        new FrameHeader(payload.Length, type, flags, streamId).Write(frame);
        payload.CopyTo(frame, FrameHeader.Size);
        return frame;
    }

    /// <summary>Literals without indexing, names as they are, so that wrong ones can be sent too.</summary>
    public static byte[] Block(params string[] fields)
    {
        var block = new List<byte>();
        foreach (var field in fields)
        {
            var colon = field.StartsWith(": ", StringComparison.Ordinal) ? 0 : field.IndexOf(": ", 1, StringComparison.Ordinal);
            block.Add(0);
            foreach (var text in (ReadOnlySpan<string>)[field[..colon], field[(colon + 2)..]])
            {
                var bytes = Encoding.Latin1.GetBytes(text);
                var length = new byte[8];
                block.AddRange(length[..HpackInteger.Write(length, 0, 7, bytes.Length)]);
                block.AddRange(bytes);
            }
        }

        return [.. block];
    }

    /// <summary>The next frame; null when the proxy has ended the connection.</summary>
    public async Task<ReceivedFrame?> ReadAsync()
    {
        if (_setAside.TryDequeue(out var aside))
            return aside;
        if (!await FillAsync(_header))
            return null;
        var header = FrameHeader.Read(_header);
        var payload = new byte[header.Length];
        Assert.True(await FillAsync(payload), "the connection ended inside a frame");
        if (header.Type is not (FrameType.Headers or FrameType.Continuation))
            return new ReceivedFrame(header, payload, []);
        var block = payload;
        while (!header.Has(FrameFlags.EndHeaders))
        {
            Assert.True(await FillAsync(_header), "the connection ended inside a field block");
            var more = FrameHeader.Read(_header);
            Assert.Equal((FrameType.Continuation, header.StreamId), (more.Type, more.StreamId));
            var rest = new byte[more.Length];
            Assert.True(await FillAsync(rest));
            block = [.. block, .. rest];
            header = header with { Flags = header.Flags | (more.Flags & FrameFlags.EndHeaders) };
        }

        var fields = _probe.Decode(block);
        Assert.NotNull(fields);
        return new ReceivedFrame(header, payload, fields);
    }

    /// <summary>The next frame of a type; others are passed over.</summary>
    public async Task<ReceivedFrame> ReadAsync(FrameType type)
    {
        while (await ReadAsync() is { } frame)
        {
            if (frame.Type == type)
                return frame;
        }

        throw new WireFormatException($"the connection ended without a {type} frame");
    }

    /// <summary>What comes on a stream until it ends; 1xx are passed over, frames of other streams are kept for later.</summary>
    public async Task<StreamResponse> ReadResponseAsync(int streamId)
    {
        string[]? head = null;
        var body = new StringBuilder();
        var kept = new List<ReceivedFrame>();
        var frames = 0;
        try
        {
            while (await ReadAsync() is { } frame)
            {
                if (frame.StreamId != streamId)
                {
                    kept.Add(frame);
                    continue;
                }

                frames += frame.Type is FrameType.Headers or FrameType.Data ? 1 : 0;
                if (frame.Type == FrameType.RstStream)
                    return new StreamResponse(head ?? [], body.ToString(), null, frame.Error) { Frames = frames };
                if (frame.Type == FrameType.Data)
                    body.Append(Encoding.Latin1.GetString(frame.Payload));
                else if (frame.Type == FrameType.Headers && head is not null)
                    return new StreamResponse(head, body.ToString(), frame.Fields, null) { Frames = frames };
                else if (frame.Type == FrameType.Headers && frame.Fields[0] is not (":status: 100" or ":status: 103"))
                    head = frame.Fields;
                if (frame.EndsStream)
                    return new StreamResponse(head!, body.ToString(), null, null) { Frames = frames };
            }
        }
        finally
        {
            foreach (var frame in kept)
                _setAside.Enqueue(frame);
        }

        throw new WireFormatException($"the connection ended before stream {streamId} did; other frames: {string.Join(", ", kept.Select(frame => frame.Header))}");
    }

    public async Task<StreamResponse> GetAsync(int streamId, string path, params string[] fields)
    {
        await SendGetAsync(streamId, path, fields);
        return await ReadResponseAsync(streamId);
    }

    /// <summary>Waits until the proxy has read everything up to here.</summary>
    public async Task SettleAsync()
    {
        byte[] mark = [.. "settled?"u8];
        await SendAsync(FrameType.Ping, FrameFlags.None, 0, mark);
        var kept = new List<ReceivedFrame>();
        while (await ReadAsync() is { } frame)
        {
            if (frame.Type == FrameType.Ping && frame.Header.Has(FrameFlags.Ack) && frame.Payload.AsSpan().SequenceEqual(mark))
            {
                foreach (var other in kept)
                    _setAside.Enqueue(other);
                return;
            }

            kept.Add(frame);
        }

        throw new WireFormatException("the connection ended instead of answering a PING");
    }

    /// <summary>Whether such a frame has come already (see <see cref="SettleAsync"/>) and was not read.</summary>
    public bool Has(Func<ReceivedFrame, bool> condition) => _setAside.Any(condition);

    /// <summary>The GOAWAY that must come, and the end of the connection behind it.</summary>
    public async Task<ReceivedFrame> ReadGoAwayAsync()
    {
        var frame = await ReadAsync(FrameType.GoAway);
        while (await ReadAsync() is { } next)
        {
            if (next.Type == FrameType.GoAway)
                frame = next;
        }

        return frame;
    }

    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _probe.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<bool> FillAsync(Memory<byte> target)
    {
        while (target.Length > 0)
        {
            int count;
            try
            {
                count = await _socket.ReceiveAsync(target).AsTask().Within("bytes of the proxy");
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
            {
                return false;
            }

            if (count == 0)
                return false;
            target = target[count..];
        }

        return true;
    }
}
