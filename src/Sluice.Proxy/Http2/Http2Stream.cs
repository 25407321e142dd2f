using Sluice.Proxy.Engine;
using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Http2;

/// <summary>
/// One stream, whichever side of it we are: its windows, and what waits to be sent on it. Belongs to a worker; reused, but not
/// before the worker's next turn.
/// </summary>
internal abstract class Http2Stream
{
    private ByteQueue _pending;
    private int _pendingTrailers;
    private bool _endsAfterPending;
    private ReceiveWindow _receiveWindow;

    internal Http2Stream? NextInBucket;
    internal Http2Stream? Next;
    internal Http2Stream? Previous;
    internal Http2Stream? NextWaiting;
    internal Http2Stream? PreviousWaiting;
    internal bool IsWaiting;

    /// <summary>What we may send.</summary>
    internal FlowWindow SendWindow;

    public int Id { get; private set; }

    /// <summary>In the connection's table.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Something waits for a window or the socket.</summary>
    public bool HasPending => _pending.Length > 0;

    public int PendingBytes => _pending.Length;

    /// <summary>Our side has ended: the last frame has been written.</summary>
    protected bool SendEnded { get; private set; }

    /// <summary>The peer's side has ended.</summary>
    protected bool ReceiveEnded { get; private set; }

    /// <summary>Payload bytes that have gone out, for progress checks.</summary>
    protected long BytesWritten { get; private set; }

    protected abstract Http2Connection Http2 { get; }

    protected void Open(int id, int sendWindow, int receiveWindow)
    {
        Id = id;
        IsOpen = true;
        SendWindow = new FlowWindow(sendWindow);
        _receiveWindow = new ReceiveWindow(receiveWindow);
        _pendingTrailers = 0;
        _endsAfterPending = SendEnded = ReceiveEnded = false;
        BytesWritten = 0;
    }

    /// <summary>Before a stream that has been another gets its number.</summary>
    protected void Reopen()
    {
        Id = 0;
        SendEnded = ReceiveEnded = false;
        BytesWritten = 0;
    }

    /// <summary>The stream has left its connection's table.</summary>
    protected void Close()
    {
        IsOpen = false;
        _pending.Clear(Http2.Worker.Buffers);
        _pendingTrailers = 0;
    }

    /// <summary>The send window changes; false when it would be too large.</summary>
    internal bool TryWiden(int bytes) => SendWindow.TryAdd(bytes);

    /// <summary>A DATA frame has begun, its whole payload counted; false when it ended the stream or the connection.</summary>
    internal bool OnDataFrame(int length)
    {
        if (ReceiveEnded)
        {
            Http2.ResetStream(this, Http2Fault.StreamClosed);
            return Http2.IsOpen;
        }

        if (_receiveWindow.TryReceive(length))
            return true;
        Http2.ResetStream(this, Http2Fault.FlowControl);
        return Http2.IsOpen;
    }

    /// <summary>Bytes of the receive window are done with; the peer hears of it when it is worth a frame.</summary>
    internal void GiveBack(int bytes)
    {
        if (bytes == 0 || ReceiveEnded)
            return;
        var increment = _receiveWindow.Return(bytes);
        if (increment > 0)
            Http2.WriteWindowUpdate(Id, increment);
    }

    /// <summary>A part of a body.</summary>
    internal abstract void OnData(ReadOnlySpan<byte> data);

    /// <summary>END_STREAM of a DATA frame.</summary>
    internal abstract void OnEnd();

    /// <summary>RST_STREAM of the peer.</summary>
    internal abstract void OnReset(Http2Error error);

    /// <summary>The stream has come to an end that is not its own: it lets go of everything and leaves the table. The peer is told by the caller.</summary>
    internal abstract void OnDropped();

    /// <summary>Nothing waits any more.</summary>
    internal abstract void OnWritable();

    /// <summary>Our side has ended.</summary>
    protected abstract void OnSendEnded();

    protected void MarkReceiveEnded() => ReceiveEnded = true;

    /// <summary>Sends bytes, or keeps them until they may be sent.</summary>
    protected void Send(ReadOnlySpan<byte> data)
    {
        if (_pending.Length == 0)
        {
            var written = Http2.WriteData(this, data);
            BytesWritten += written;
            data = data[written..];
        }

        if (data.Length == 0)
            return;
        _pending.Append(Http2.Worker.Buffers, data);
        Http2.Wait(this);
    }

    /// <summary>Ends our side, with an encoded block of trailers or none, once everything is sent.</summary>
    protected void EndSending(ReadOnlySpan<byte> trailers)
    {
        if (_pending.Length > 0)
        {
            _pending.Append(Http2.Worker.Buffers, trailers);
            _pendingTrailers = trailers.Length;
            _endsAfterPending = true;
            return;
        }

        WriteEnd(trailers);
    }

    /// <summary>Notes that a frame that was just written has ended our side.</summary>
    protected void MarkSendEnded() => SendEnded = true;

    /// <summary>Sends one more frame of what waits; false when none could be sent.</summary>
    internal bool SendPending()
    {
        var data = _pending.Bytes[..^_pendingTrailers];
        var written = Http2.WriteData(this, data, maxFrames: 1);
        BytesWritten += written;
        if (written == data.Length && _endsAfterPending)
        {
            _endsAfterPending = false;
            var trailers = _pending.Bytes[written..];
            WriteEndFrame(trailers);
            _pending.Clear(Http2.Worker.Buffers);
            _pendingTrailers = 0;
            OnSendEnded();
            return true;
        }

        if (written > 0)
            _pending.Consume(Http2.Worker.Buffers, written);
        return written > 0;
    }

    private void WriteEnd(ReadOnlySpan<byte> trailers)
    {
        WriteEndFrame(trailers);
        OnSendEnded();
    }

    private void WriteEndFrame(ReadOnlySpan<byte> trailers)
    {
        SendEnded = true;
        if (trailers.Length > 0)
            Http2.WriteHeaders(this, trailers, endsStream: true);
        else
            Http2.WriteEnd(this);
    }
}
