using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Http2;

/// <content>
/// Writing frames, in place behind what waits to be sent. Everything of one turn of the worker leaves with one send, so that
/// responses of many backends share it. What a window or the socket does not let pass waits at its stream, and streams take
/// turns, frame by frame.
/// </content>
internal abstract unsafe partial class Http2Connection
{
    /// <summary>DATA frames are not made larger than this, whatever the peer allows: other streams want their turn.</summary>
    private const int MaxDataFrame = 16 * 1024;

    private long _committed;
    private long _lastFrameStart;
    private bool _tableUpdateDue;
    private bool _tableIsEmpty;

    protected WaitingStreams Waiting;

    /// <summary>A window has grown: streams that wait may go on when the input has been looked at.</summary>
    protected bool IsDrainDue { get; private set; }

    /// <summary>The stream whose HEADERS or DATA were written last.</summary>
    private Http2Stream? LastFrameStream { get; set; }

    private void ResetOutput()
    {
        Waiting = default;
        LastFrameStream = null;
        _committed = _lastFrameStart = 0;
        _tableUpdateDue = _tableIsEmpty = IsDrainDue = false;
    }

    protected void Commit(int bytes)
    {
        _committed += bytes;
        CommitOutput(bytes);
    }

    protected void WriteReset(int streamId, Http2Error error) =>
        Commit(FrameWriter.RstStream(ReserveOutput(FrameWriter.RstStreamSize), streamId, error));

    protected void WriteGoAway(int lastStreamId, Http2Error error) =>
        Commit(FrameWriter.GoAway(ReserveOutput(FrameWriter.GoAwaySize), lastStreamId, error));

    public void WriteWindowUpdate(int streamId, int increment) =>
        Commit(FrameWriter.WindowUpdate(ReserveOutput(FrameWriter.WindowUpdateSize), streamId, increment));

    /// <summary>HEADERS, and CONTINUATION where the block is longer than the peer's frames may be.</summary>
    public void WriteHeaders(Http2Stream stream, ReadOnlySpan<byte> block, bool endsStream)
    {
        var max = Math.Min(Peer.MaxFrameSize, MaxDataFrame);
        var prefix = _tableUpdateDue ? 1 : 0;
        var frames = 1 + ((block.Length + prefix - 1) / max);
        var target = ReserveOutput(block.Length + prefix + (frames * FrameHeader.Size));
        var length = Math.Min(max, block.Length + prefix);
        var flags = (endsStream ? FrameFlags.EndStream : FrameFlags.None) | (frames == 1 ? FrameFlags.EndHeaders : FrameFlags.None);
        new FrameHeader(length, FrameType.Headers, flags, stream.Id).Write(target);
        var position = FrameHeader.Size;
        if (prefix != 0)
        {
            // Our blocks use no dynamic table; a peer that has made its table smaller wants to hear it (RFC 7541 4.2).
            target[position++] = 0x20;
            _tableUpdateDue = false;
            _tableIsEmpty = true;
        }

        block[..(length - prefix)].CopyTo(target[position..]);
        position += length - prefix;
        block = block[(length - prefix)..];
        while (block.Length > 0)
        {
            length = Math.Min(max, block.Length);
            new FrameHeader(length, FrameType.Continuation, length == block.Length ? FrameFlags.EndHeaders : FrameFlags.None, stream.Id).Write(target[position..]);
            block[..length].CopyTo(target[(position + FrameHeader.Size)..]);
            position += FrameHeader.Size + length;
            block = block[length..];
        }

        NoteFrame(stream);
        Commit(position);
        Meter.Work();
    }

    /// <summary>Writes as much as the windows and the socket let pass, and returns how much that was.</summary>
    public int WriteData(Http2Stream stream, ReadOnlySpan<byte> data, int maxFrames = int.MaxValue)
    {
        var written = 0;
        while (written < data.Length && maxFrames-- > 0 && CanWrite)
        {
            var length = Math.Min(Math.Min(data.Length - written, MaxDataFrame), Math.Min(stream.SendWindow.Available, SendWindow.Available));
            if (length <= 0)
                break;
            stream.SendWindow.TryTake(length);
            SendWindow.TryTake(length);
            var target = ReserveOutput(FrameHeader.Size + length);
            new FrameHeader(length, FrameType.Data, FrameFlags.None, stream.Id).Write(target);
            data.Slice(written, length).CopyTo(target[FrameHeader.Size..]);
            NoteFrame(stream);
            Commit(FrameHeader.Size + length);
            Meter.Work();
            written += length;
        }

        return written;
    }

    /// <summary>Ends our side of a stream: on its last frame when that has not been sent yet, otherwise with an empty one.</summary>
    public void WriteEnd(Http2Stream stream)
    {
        if (LastFrameStream == stream)
        {
            var distance = _committed - _lastFrameStart;
            if (distance <= ComposedBytes)
            {
                OutputFromEnd((int)distance - 4) |= (byte)FrameFlags.EndStream;
                return;
            }
        }

        new FrameHeader(0, FrameType.Data, FrameFlags.EndStream, stream.Id).Write(ReserveOutput(FrameHeader.Size));
        Commit(FrameHeader.Size);
    }

    /// <summary>A stream has something that could not be written; <see cref="Http2Stream.SendPending"/> is called when it may go on.</summary>
    public void Wait(Http2Stream stream)
    {
        Waiting.Add(stream);
        OnWaiting();
    }

    /// <summary>Something waits for a window or the socket.</summary>
    protected virtual void OnWaiting()
    {
    }

    protected override void OnDrained()
    {
        if (Waiting.Count > 0)
            DrainWaiting();
        if (IsOpen && _stopped)
            TryReading();
    }

    /// <summary>Lets the streams that wait go on, one frame each in turn. Not while input is being looked at: their producers read.</summary>
    protected void DrainWaiting()
    {
        IsDrainDue = false;
        var idle = 0;
        while (IsOpen && Waiting.First is { } stream && idle < Waiting.Count && CanWrite)
        {
            Waiting.Remove(stream);
            idle = stream.SendPending() ? 0 : idle + 1;
            if (stream.HasPending)
                Waiting.Add(stream);
            else if (stream.IsOpen)
                stream.OnWritable();
        }
    }

    private void NoteFrame(Http2Stream stream)
    {
        LastFrameStream = stream;
        _lastFrameStart = _committed;
    }

    /// <summary>The peer has said how large a table we may use; none is what we use.</summary>
    private void NoteTableSize() => _tableUpdateDue = !_tableIsEmpty && Peer.HeaderTableSize < PeerSettings.DefaultTableSize;
}
