using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Http2.Hpack;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Upstream;

/// <summary>One connection that the proxy opened to a <see cref="Http2Backend"/>. Only its script reads from it.</summary>
internal sealed class Http2BackendConnection(Http2Backend backend, Socket socket, int index) : IDisposable
{
    private readonly NetworkStream _stream = new(socket);
    private readonly BufferPool _pool = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Dictionary<int, Http2Request> _requests = [];
    private HpackDecoder _decoder = new(4096);

    /// <summary>0 for the first connection that the backend accepted.</summary>
    public int Index { get; } = index;

    /// <summary>What the proxy has said in its first SETTINGS.</summary>
    public Dictionary<SettingId, uint> PeerSettings { get; } = [];

    /// <summary>The code of a GOAWAY of the proxy.</summary>
    public Http2Error? GoAway { get; private set; }

    /// <summary>Codes of RST_STREAM by stream.</summary>
    public Dictionary<int, Http2Error> Resets { get; } = [];

    /// <summary>Windows that the proxy has given back, by stream, 0 for the connection.</summary>
    public Dictionary<int, int> WindowUpdates { get; } = [];

    /// <summary>Answers to our PINGs.</summary>
    public int Pongs { get; private set; }

    public async Task HandshakeAsync(params (SettingId Id, uint Value)[] settings)
    {
        await ReadPrefaceAsync();
        await SendSettingsAsync(settings);
        await SendFrameAsync(FrameType.Settings, FrameFlags.Ack, 0, []);
    }

    /// <summary>The client's preface and SETTINGS, answered by nothing.</summary>
    public async Task ReadPrefaceAsync()
    {
        var preface = new byte[ConnectionPreface.Length];
        await _stream.ReadExactlyAsync(preface);
        Assert.Equal(ConnectionPreface.Bytes.ToArray(), preface);
        var frame = await ReadFrameAsync();
        Assert.Equal(FrameType.Settings, frame!.Type);
        for (var i = 0; i < frame.Payload.Length; i += 6)
            PeerSettings[(SettingId)BinaryPrimitives.ReadUInt16BigEndian(frame.Payload.AsSpan(i))] = BinaryPrimitives.ReadUInt32BigEndian(frame.Payload.AsSpan(i + 2));
    }

    public Task SendSettingsAsync(params (SettingId Id, uint Value)[] settings)
    {
        var payload = new byte[settings.Length * 6];
        for (var i = 0; i < settings.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(payload.AsSpan(i * 6), (ushort)settings[i].Id);
            BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan((i * 6) + 2), settings[i].Value);
        }

        return SendFrameAsync(FrameType.Settings, FrameFlags.None, 0, payload);
    }

    /// <summary>The next frame, whatever it is; null at the end of the connection.</summary>
    public async Task<Http2Frame?> ReadFrameAsync()
    {
        var head = new byte[FrameHeader.Size];
        if (await _stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false) < head.Length)
            return null;
        var header = FrameHeader.Read(head);
        var payload = new byte[header.Length];
        await _stream.ReadExactlyAsync(payload);
        return new Http2Frame(header.Type, header.Flags, header.StreamId, payload);
    }

    /// <summary>The next request that is complete; null when the proxy ends the connection. Gives windows back as bytes come.</summary>
    public async Task<Http2Request?> ReadRequestAsync()
    {
        while (await ReadEventAsync() is { } frame)
        {
            if (frame.EndsStream && _requests.Remove(frame.StreamId, out var request))
            {
                backend.Requests.Enqueue(request);
                return request;
            }
        }

        return null;
    }

    /// <summary>The next frame of a stream that the script cares for; DATA is counted and its window given back unless told otherwise.</summary>
    public async Task<Http2Frame?> ReadEventAsync(bool giveBack = true)
    {
        while (await ReadFrameAsync() is { } frame)
        {
            switch (frame.Type)
            {
                case FrameType.Headers:
                    await OnHeadersAsync(frame);
                    return frame;
                case FrameType.Data:
                    var body = Encoding.Latin1.GetString(frame.Payload);
                    if (_requests.TryGetValue(frame.StreamId, out var request))
                        _requests[frame.StreamId] = request with { Body = request.Body + body };
                    if (giveBack && frame.Payload.Length > 0)
                    {
                        await SendWindowUpdateAsync(0, frame.Payload.Length);
                        if (!frame.EndsStream)
                            await SendWindowUpdateAsync(frame.StreamId, frame.Payload.Length);
                    }

                    return frame;
                case FrameType.RstStream:
                    Resets[frame.StreamId] = frame.Error;
                    return frame;
                case FrameType.GoAway:
                    GoAway = frame.GoAwayError;
                    break;
                case FrameType.Ping when (frame.Flags & FrameFlags.Ack) != 0:
                    Pongs++;
                    break;
                case FrameType.WindowUpdate:
                    WindowUpdates[frame.StreamId] = WindowUpdates.GetValueOrDefault(frame.StreamId) + BinaryPrimitives.ReadInt32BigEndian(frame.Payload);
                    break;
            }
        }

        return null;
    }

    /// <summary>Reads until the proxy ends the connection.</summary>
    public async Task ReadToEndAsync()
    {
        try
        {
            while (await ReadEventAsync() is not null)
            {
            }
        }
        catch (IOException)
        {
            // A reset.
        }
    }

    public async Task AnswerAsync(int streamId, string body, params (string Name, string Value)[] fields)
    {
        await SendHeadersAsync(streamId, false, [(":status", "200"), .. fields]);
        await SendDataAsync(streamId, body, endStream: true);
    }

    public Task SendHeadersAsync(int streamId, bool endStream, params (string Name, string Value)[] fields) =>
        SendFrameAsync(FrameType.Headers, FrameFlags.EndHeaders | (endStream ? FrameFlags.EndStream : FrameFlags.None), streamId, Encode(fields));

    public Task SendDataAsync(int streamId, string data, bool endStream) =>
        SendFrameAsync(FrameType.Data, endStream ? FrameFlags.EndStream : FrameFlags.None, streamId, Encoding.Latin1.GetBytes(data));

    public Task SendResetAsync(int streamId, Http2Error error)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(payload, (uint)error);
        return SendFrameAsync(FrameType.RstStream, FrameFlags.None, streamId, payload);
    }

    public Task SendGoAwayAsync(int lastStreamId, Http2Error error = Http2Error.NoError)
    {
        var payload = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(payload, lastStreamId);
        BinaryPrimitives.WriteUInt32BigEndian(payload.AsSpan(4), (uint)error);
        return SendFrameAsync(FrameType.GoAway, FrameFlags.None, 0, payload);
    }

    public Task SendWindowUpdateAsync(int streamId, int increment)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, increment);
        return SendFrameAsync(FrameType.WindowUpdate, FrameFlags.None, streamId, payload);
    }

    public async Task SendFrameAsync(FrameType type, FrameFlags flags, int streamId, byte[] payload)
    {
        var frame = new byte[FrameHeader.Size + payload.Length];
        new FrameHeader(payload.Length, type, flags, streamId).Write(frame);
        payload.CopyTo(frame, FrameHeader.Size);
        await SendAsync(frame);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        await _sending.WaitAsync();
        try
        {
            await _stream.WriteAsync(bytes).AsTask().Within("the proxy to take bytes");
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Fields as literals without indexing.</summary>
    public static byte[] Encode(params (string Name, string Value)[] fields)
    {
        var block = new List<byte>();
        Span<byte> integer = stackalloc byte[8];
        foreach (var (name, value) in fields)
        {
            block.Add(0);
            foreach (var text in new[] { name, value })
            {
                var length = HpackInteger.Write(integer, 0, 7, text.Length);
                block.AddRange(integer[..length]);
                block.AddRange(Encoding.Latin1.GetBytes(text));
            }
        }

        return [.. block];
    }

    public void Reset()
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void ShutdownSend() => socket.Shutdown(SocketShutdown.Send);

    public void Dispose()
    {
        _stream.Dispose();
        socket.Dispose();
    }

    private async Task OnHeadersAsync(Http2Frame frame)
    {
        var block = frame.Payload;
        for (var more = frame; (more.Flags & FrameFlags.EndHeaders) == 0;)
        {
            more = (await ReadFrameAsync())!;
            Assert.Equal((FrameType.Continuation, frame.StreamId), (more.Type, more.StreamId));
            block = [.. block, .. more.Payload];
        }

        var fields = Decode(block);
        if (_requests.TryGetValue(frame.StreamId, out var request))
            _requests[frame.StreamId] = request with { Trailers = fields };
        else
            _requests[frame.StreamId] = new Http2Request(frame.StreamId, fields);
    }

    /// <summary>What has come of a request so far.</summary>
    public Http2Request Partial(int streamId) => _requests[streamId];

    private List<(string Name, string Value)> Decode(byte[] block)
    {
        var fields = new List<(string, string)>();
        var output = new byte[256 * 1024];
        int position = 0, used = 0;
        _decoder.Begin();
        while (true)
        {
            var status = _decoder.Next(_pool, block, ref position, output, ref used, skip: false, out var field);
            Assert.NotEqual(HpackStatus.Failed, status);
            if (status == HpackStatus.End)
                return fields;
            fields.Add((Encoding.Latin1.GetString(output, field.NameOffset, field.NameLength), Encoding.Latin1.GetString(output, field.ValueOffset, field.ValueLength)));
        }
    }
}
