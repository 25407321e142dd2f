using System.Buffers.Binary;
using System.Net.Sockets;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Support;

/// <summary>Reads frames off a socket and insists on the forms that RFC 9113 6 gives them.</summary>
internal sealed class FrameReader(Socket socket)
{
    /// <summary>No client of the tests ever allows more (SETTINGS_MAX_FRAME_SIZE).</summary>
    private const int MaxPayload = 16 * 1024;

    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>How the server's stream ended; null while it has not.</summary>
    public StreamEnd? End { get; private set; }

    /// <summary>The next frame; null when the connection has ended between two.</summary>
    public async Task<Frame?> ReadAsync()
    {
        if (!await FillAsync(Frame.HeaderSize))
            return _start == _end ? null : throw WireFormatException.EndedIn("a frame header", End, "");
        var header = _buffer.AsSpan(_start, Frame.HeaderSize);
        var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(header) >> 8);
        var stream = BinaryPrimitives.ReadInt32BigEndian(header[5..]);
        var (type, flags) = ((FrameType)header[3], (FrameFlags)header[4]);
        if (length > MaxPayload || stream < 0)
            throw new WireFormatException($"frame of {length} octets on stream {stream:x}");
        _start += Frame.HeaderSize;
        if (!await FillAsync(length))
            throw WireFormatException.EndedIn($"a {type} frame of {length} octets", End, "");
        var frame = new Frame(type, flags, stream, _buffer.AsSpan(_start, length).ToArray());
        _start += length;
        Check(frame);
        return frame;
    }

    private static void Check(Frame frame)
    {
        var good = frame.Type switch
        {
            FrameType.Data => frame.StreamId > 0 && (frame.Flags & ~FrameFlags.EndStream) == 0,
            FrameType.Headers => frame.StreamId > 0 && (frame.Flags & ~(FrameFlags.EndStream | FrameFlags.EndHeaders)) == 0,
            FrameType.Continuation => frame.StreamId > 0 && (frame.Flags & ~FrameFlags.EndHeaders) == 0,
            FrameType.RstStream => frame.StreamId > 0 && frame.Flags == 0 && frame.Payload.Length == 4,
            FrameType.WindowUpdate => frame.Flags == 0 && frame.Payload.Length == 4 && BinaryPrimitives.ReadInt32BigEndian(frame.Payload) > 0,
            FrameType.Settings => frame.StreamId == 0 && (frame.IsAck ? frame.Payload.Length == 0 : frame.Flags == 0 && frame.Payload.Length % 6 == 0),
            FrameType.Ping => frame.StreamId == 0 && frame.Payload.Length == 8 && (frame.Flags & ~FrameFlags.Ack) == 0,
            FrameType.GoAway => frame.StreamId == 0 && frame.Flags == 0 && frame.Payload.Length >= 8,

            // A proxy has nothing to push and no priorities to tell.
            _ => false,
        };
        if (!good)
            throw new WireFormatException($"a frame that no server may send: {frame}");
    }

    private async Task<bool> FillAsync(int count)
    {
        if (_start + count > _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_end, _start) = (_end - _start, 0);
        }

        while (_end - _start < count)
        {
            if (End is not null)
                return false;
            try
            {
                var received = await socket.ReceiveAsync(_buffer.AsMemory(_end)).AsTask().Within("more frames");
                _end += received;
                if (received == 0)
                    End = StreamEnd.Closed;
            }
            catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
            {
                End = StreamEnd.Reset;
            }
        }

        return true;
    }
}
