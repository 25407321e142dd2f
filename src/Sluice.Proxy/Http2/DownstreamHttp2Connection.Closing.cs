using System.Buffers.Binary;
using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Http2;

/// <content>
/// Ending the connection: at once after an error, gracefully in two steps (RFC 9113 6.8). The first GOAWAY says that the end is
/// near, and a PING behind it tells when the client has read it; until then its requests are served. The second says which
/// request was the last.
/// </content>
internal sealed partial class DownstreamHttp2Connection
{
    /// <summary>What our PING carries; any other answer is none.</summary>
    private const ulong DrainMark = 0x736c_7569_6365_2121;

    /// <summary>Milliseconds after which the second GOAWAY goes out though the PING was not answered.</summary>
    private const long DrainGrace = 1000;

    /// <summary>Bytes that are thrown away for a client that was told to calm down; one that was not may fill its window.</summary>
    private const int AbuserLingerBytes = 64 * 1024;

    private long _ignoredUpTo; // Received bytes.

    private State _state;
    private int _lastServed; // Of the second GOAWAY; -1 before.
    private bool _draining;
    private bool _clientLeaves;

    private enum State : byte
    {
        Open,

        /// <summary>Everything is said; waiting until it is sent.</summary>
        Closing,

        /// <summary>Our side is closed; what the client still sends is thrown away, so that it can read what we said.</summary>
        Lingering,
    }

    public bool IsIdle => _state == State.Open && Streams.Count == 0 && !InFrame && UnsentBytes == 0;

    /// <summary>No more requests are wanted; what is in flight is served.</summary>
    public void BeginDrain()
    {
        if (_state != State.Open || _draining)
            return;
        _draining = true;
        _drainSince = Worker.Now;
        EnsureTimer(Worker.Now + DrainGrace);
        WriteGoAway(int.MaxValue, Http2Error.NoError);
        Span<byte> mark = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(mark, DrainMark);
        Commit(FrameWriter.Ping(ReserveOutput(FrameWriter.PingSize), FrameFlags.None, mark));
    }

    /// <summary>Closes in order. Only for connections without a stream.</summary>
    public void CloseIdle()
    {
        if (_state == State.Open)
            Close(Http2Error.NoError);
    }

    /// <summary>Ends whatever is going on (shutdown after the drain time).</summary>
    public void Cut() => Abandon();

    internal override void Abandon()
    {
        if (IsOpen)
            Recycle();
    }

    protected override void Fail(Http2Fault fault)
    {
        if (_state != State.Open)
            return;
        Services.Metrics.CountConnectionFault(fault);
        var code = Http2Faults.Code(fault);
        Close(code);
        if (code == Http2Error.EnhanceYourCalm)
            _ignoredUpTo = BytesReceived + AbuserLingerBytes;
    }

    /// <summary>Throwing away costs as well: a client that goes on and on is cut off, but not before the GOAWAY has left, which waits for the turn's end.</summary>
    protected override void OnIgnoredInput()
    {
        if (BytesReceived <= _ignoredUpTo)
            return;
        FlushTurn();
        Recycle();
    }

    protected override void OnPong(ReadOnlySpan<byte> opaque)
    {
        if (_draining && BinaryPrimitives.ReadUInt64BigEndian(opaque) == DrainMark)
            FinishDrain();
    }

    protected override void OnEnd() => Recycle();

    protected override void OnSendFailed() => Recycle();

    protected override void OnFlushed()
    {
        if (_state == State.Closing)
            FinishClosing();
    }

    /// <summary>The second GOAWAY.</summary>
    private void FinishDrain()
    {
        if (_state != State.Open || _lastServed >= 0)
            return;
        _lastServed = Math.Max(_highest, 0);
        WriteGoAway(_lastServed, Http2Error.NoError);
        if (Streams.Count == 0)
            Close();
    }

    /// <summary>The last stream has ended.</summary>
    private void OnQuiet()
    {
        if (_lastServed >= 0)
            Close();
        else if (_clientLeaves)
            Close(Http2Error.NoError);
        else
            NoteIdle();
    }

    private void Close(Http2Error error)
    {
        WriteGoAway(Math.Max(_highest, 0), error);
        Close();
    }

    /// <summary>Closes once everything written is sent.</summary>
    private void Close()
    {
        _state = State.Closing;
        _ignoredUpTo = BytesReceived + ConnectionWindowBytes + AbuserLingerBytes;
        DropStreams();
        Mark();
        Worker.Timers.Schedule(this, Worker.Now + Services.BodyTimeout);

        // Sent when the turn ends, or earlier already.
        if (UnsentBytes == 0)
            FinishClosing();
    }

    private void FinishClosing()
    {
        if (PeerClosed && !Readable)
        {
            Recycle();
            return;
        }

        // Closing with unread input makes the kernel reset the connection, and the client may lose what we said.
        _state = State.Lingering;
        ShutdownWrite();
        Worker.Timers.Schedule(this, Worker.Now + Services.LingerTimeout);
    }

    /// <summary>The streams' exchanges end; nothing is said about them one by one.</summary>
    private void DropStreams()
    {
        while (Streams.First is { } stream)
            stream.OnDropped();
    }

    private void Recycle()
    {
        if (!IsOpen)
            return;
        _state = State.Lingering;
        DropStreams();
        CloseDescriptor();
        ClearState();
        Streams.Trim();
        Services.OnClosed(this);
    }
}
