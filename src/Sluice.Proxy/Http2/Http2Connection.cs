using Sluice.Proxy.Engine;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Http2.Hpack;

namespace Sluice.Proxy.Http2;

/// <summary>
/// A connection over HTTP/2, whichever side of it we are: reading frames in place from the worker's buffer. What the frames of
/// the connection itself do is in Http2Connection.Control.cs, writing in Http2Connection.Output.cs.
///
/// Payloads of DATA are passed on as they come, also in parts; of all other frames only whole ones are looked at, and what is
/// there of the next one is kept in <see cref="_input"/>. An idle connection holds no buffer but its HPACK table.
/// </summary>
internal abstract unsafe partial class Http2Connection(Worker worker, WorkerServices services) : StreamConnection(worker)
{
    /// <summary>Bytes read in one go before other connections get their turn.</summary>
    private const int TurnBytes = 8 * Worker.ReceiveBufferSize;

    /// <summary>A peer that does not take what waits for it is not listened to either, so that answers to its frames cannot pile up.</summary>
    private int MaxUnsent => 2 * UnsentLimit;

    /// <summary>CONTINUATION frames that one field block may have.</summary>
    private const int MaxContinuations = 64;

    private ByteQueue _input;
    private ByteQueue _block;
    private int _blockStream;
    private bool _blockEndsStream;
    private int _continuations;
    private Http2Stream? _dataStream;
    private int _dataLeft;
    private int _paddingLeft;
    private bool _dataEndsStream;
    private bool _inData;
    private bool _stopped;

    /// <summary>Reads the peer's field blocks.</summary>
    protected HpackDecoder Decoder = new(PeerSettings.DefaultTableSize);

    protected AbuseMeter Meter;
    protected StreamTable Streams;

    protected WorkerServices Services { get; } = services;

    /// <summary>A frame or a field block has begun and not ended.</summary>
    protected bool InFrame => _input.Length > 0 || _blockStream != 0 || (_inData && _dataStream is null);

    /// <summary>Whole frames so far.</summary>
    protected int FramesRead { get; private set; }

    /// <summary>Input is being looked at: the worker's receive buffer must not be used for anything else.</summary>
    protected bool IsProcessing { get; private set; }

    /// <summary>Where input is read to, as large as the worker's receive buffer.</summary>
    protected virtual byte* InputBuffer => Worker.ReceivePointer;

    /// <summary>Whether frames are of any interest still.</summary>
    protected abstract bool TakesFrames { get; }

    /// <summary>Before a connection is used, as its object may have been another before.</summary>
    protected void ResetState()
    {
        _blockStream = _continuations = _dataLeft = _paddingLeft = 0;
        _dataStream = null;
        _inData = _dataEndsStream = _blockEndsStream = _stopped = IsProcessing = false;
        Meter = default;
        ResetControl();
        ResetOutput();
    }

    /// <summary>When the connection is gone: gives every buffer back.</summary>
    protected void ClearState()
    {
        _input.Clear(Worker.Buffers);
        _block.Clear(Worker.Buffers);
        Decoder.Clear(Worker.Buffers);
        _dataStream = null;
    }

    protected override void OnReadable()
    {
        if (IsProcessing)
            return;
        IsProcessing = true;
        Read();
        IsProcessing = false;
        if (IsOpen)
            AfterInput();
    }

    /// <summary>Bytes that were read before the connection became ours; they may lie in the worker's receive buffer.</summary>
    protected void ProcessFirst(byte* bytes, int length)
    {
        IsProcessing = true;
        var used = Process(bytes, length);
        if (IsOpen && used < length)
            _input.Append(Worker.Buffers, new ReadOnlySpan<byte>(bytes + used, length - used));
        IsProcessing = false;
    }

    /// <summary>Everything that was read has been looked at.</summary>
    protected virtual void AfterInput()
    {
        if (IsDrainDue)
            DrainWaiting();
    }

    /// <summary>All whole frames of what was read have been looked at.</summary>
    protected virtual void AfterFrames()
    {
    }

    /// <summary>A DATA frame, or trailers, are next.</summary>
    protected virtual void OnDataComing()
    {
    }

    /// <summary>The peer has closed its side, or the connection failed.</summary>
    protected abstract void OnEnd();

    /// <summary>Ends the connection: GOAWAY, then nothing more.</summary>
    protected abstract void Fail(Http2Fault fault);

    /// <summary>A whole field block. Whatever becomes of it, it must be read to its end (RFC 9113 4.3).</summary>
    protected abstract void OnHeaders(int streamId, ReadOnlySpan<byte> block, bool endsStream);

    /// <summary>DATA or RST_STREAM for a stream that is not open; DATA is read over. False when that has ended the connection.</summary>
    protected abstract bool OnStray(int streamId, FrameType type);

    /// <summary>Input that is thrown away because the connection is ending.</summary>
    protected virtual void OnIgnoredInput()
    {
    }

    private void Read()
    {
        var left = TurnBytes;
        if (_stopped && UnsentBytes < MaxUnsent)
        {
            _stopped = false;
            var used = Process(_input.Pointer, _input.Length);
            if (IsOpen && used > 0 && _input.Length > 0)
                _input.Consume(Worker.Buffers, used);
        }

        while (IsOpen && Readable)
        {
            if (_stopped)
            {
                if (IsGone)
                    OnEnd();
                return;
            }

            var count = ReceiveMore();
            if (count <= 0)
            {
                if (count != -1)
                    OnEnd();
                return;
            }

            left -= count;
            if (left <= 0 && IsOpen && Readable)
            {
                YieldTurn();
                return;
            }
        }
    }

    /// <summary>What is kept of an unfinished frame goes in front of what comes: every frame lies in one piece.</summary>
    private int ReceiveMore()
    {
        var buffer = new Span<byte>(InputBuffer, Worker.ReceiveBufferSize);
        var kept = _input.Length;
        _input.Bytes.CopyTo(buffer);
        var count = Receive(buffer[kept..]);
        if (count <= 0)
            return count;

        _input.Clear(Worker.Buffers);
        var used = Process(InputBuffer, kept + count);
        if (IsOpen && used < kept + count)
            _input.Append(Worker.Buffers, buffer[used..(kept + count)]);
        return count;
    }

    /// <summary>Takes what is complete and returns how much that was.</summary>
    private int Process(byte* bytes, int length)
    {
        var position = 0;
        while (position < length && IsOpen)
        {
            if (!TakesFrames)
            {
                OnIgnoredInput();
                position = length;
                break;
            }

            if (UnsentBytes >= MaxUnsent)
            {
                _stopped = true;
                break;
            }

            var input = new ReadOnlySpan<byte>(bytes + position, length - position);
            var used = _inData ? ContinueData(input) : ReadFrame(input);
            if (used < 0)
                break;
            position += used;
            FramesRead++;
        }

        AfterFrames();
        return position;
    }

    /// <summary>One frame, or the beginning of a DATA frame; -1 when more of it must come first.</summary>
    private int ReadFrame(ReadOnlySpan<byte> input)
    {
        if (input.Length < FrameHeader.Size)
            return -1;
        var header = FrameHeader.Read(input);
        if (header.Length > FrameHeader.DefaultMaxLength)
        {
            Fail(Http2Fault.FrameSize);
            return input.Length;
        }

        if (!IsExpected(header))
        {
            Fail(Http2Fault.Protocol);
            return input.Length;
        }

        if (header.Type == FrameType.Data)
            return BeginData(header, input);
        var size = FrameHeader.Size + header.Length;
        if (input.Length < size)
            return -1;
        OnFrame(header, input[FrameHeader.Size..size]);
        return size;
    }

    /// <summary>SETTINGS first (RFC 9113 3.4), and nothing within a field block but the rest of it (RFC 9113 6.10).</summary>
    private bool IsExpected(in FrameHeader header) =>
        _blockStream != 0
            ? header.Type == FrameType.Continuation && header.StreamId == _blockStream
            : header.Type != FrameType.Continuation && (HasSettings || (header.Type == FrameType.Settings && !header.Has(FrameFlags.Ack)));

    private int BeginData(in FrameHeader header, ReadOnlySpan<byte> input)
    {
        var size = FrameHeader.Size;
        var padding = 0;
        if (header.StreamId == 0)
        {
            Fail(Http2Fault.Protocol);
            return input.Length;
        }

        if (header.Has(FrameFlags.Padded))
        {
            if (header.Length == 0)
            {
                Fail(Http2Fault.FrameSize);
                return input.Length;
            }

            if (input.Length == size)
                return -1;
            padding = input[size++];
            if (padding >= header.Length)
            {
                Fail(Http2Fault.Protocol);
                return input.Length;
            }
        }

        // All of the payload counts, padding included (RFC 9113 6.9.1); for streams that are gone too.
        if (!ReceiveWindow.TryReceive(header.Length))
        {
            Fail(Http2Fault.FlowControl);
            return input.Length;
        }

        GiveBack(header.Length);
        _paddingLeft = padding;
        _dataLeft = header.Length - padding - (size - FrameHeader.Size);
        _dataEndsStream = header.Has(FrameFlags.EndStream);
        if (_dataLeft == 0 && !_dataEndsStream)
        {
            if (!CountControl(Http2Fault.EmptyFrameFlood))
                return input.Length;
        }
        else
        {
            Meter.Work();
        }

        OnDataComing();
        _dataStream = Streams.Find(header.StreamId);
        if (_dataStream is null ? !OnStray(header.StreamId, FrameType.Data) : !_dataStream.OnDataFrame(header.Length))
            return input.Length;
        if (_dataStream is not null && header.Length > _dataLeft)
            _dataStream?.GiveBack(header.Length - _dataLeft);
        _inData = true;
        return size + ContinueData(input[size..]);
    }

    private int ContinueData(ReadOnlySpan<byte> input)
    {
        var count = Math.Min(_dataLeft, input.Length);
        _dataLeft -= count;
        if (count > 0)
            _dataStream?.OnData(input[..count]);
        var padding = Math.Min(_paddingLeft, input.Length - count);
        _paddingLeft -= padding;
        if (_dataLeft == 0 && _paddingLeft == 0)
        {
            _inData = false;
            var stream = _dataStream;
            _dataStream = null;
            if (_dataEndsStream)
                stream?.OnEnd();
        }

        return count + padding;
    }

    /// <summary>HEADERS: strips padding and the priority fields, which mean nothing any more (RFC 9113 5.3.2).</summary>
    private void OnHeadersFrame(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        var padding = 0;
        if (header.StreamId == 0)
        {
            Fail(Http2Fault.Protocol);
            return;
        }

        if (header.Has(FrameFlags.Padded))
        {
            if (payload.Length == 0)
            {
                Fail(Http2Fault.FrameSize);
                return;
            }

            padding = payload[0];
            payload = payload[1..];
        }

        var dependency = -1;
        if (header.Has(FrameFlags.Priority))
        {
            if (payload.Length < PrioritySize)
            {
                Fail(Http2Fault.FrameSize);
                return;
            }

            dependency = Dependency(payload);
            payload = payload[PrioritySize..];
        }

        if (padding > payload.Length)
        {
            Fail(Http2Fault.Protocol);
            return;
        }

        // A stream that depends on itself (RFC 7540 5.3.1): nobody means that.
        if (dependency == header.StreamId)
        {
            Fail(Http2Fault.Protocol);
            return;
        }

        var fragment = payload[..^padding];
        if (header.Has(FrameFlags.EndHeaders))
        {
            OnHeaders(header.StreamId, fragment, header.Has(FrameFlags.EndStream));
            return;
        }

        _blockStream = header.StreamId;
        _blockEndsStream = header.Has(FrameFlags.EndStream);
        _continuations = 0;
        _block.Append(Worker.Buffers, fragment);
    }

    private void OnContinuation(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        // Twice the limit is still read, to be answered with 431; whoever sends more than that does not mean to be answered.
        if (++_continuations > MaxContinuations || _block.Length + payload.Length > FieldBlockReader.MaxBlock(Services.Limits.HeadBytes))
        {
            Fail(Http2Fault.EndlessFieldBlock);
            return;
        }

        if (payload.Length == 0 && !header.Has(FrameFlags.EndHeaders) && !CountControl(Http2Fault.EmptyFrameFlood))
            return;
        _block.Append(Worker.Buffers, payload);
        if (!header.Has(FrameFlags.EndHeaders))
            return;
        var streamId = _blockStream;
        _blockStream = 0;
        OnHeaders(streamId, _block.Bytes, _blockEndsStream);
        _block.Clear(Worker.Buffers);
    }

    /// <summary>Forgets a stream that is over.</summary>
    protected void RemoveStream(Http2Stream stream)
    {
        Streams.Remove(stream);
        Waiting.Remove(stream);
        if (_dataStream == stream)
            _dataStream = null;
        if (LastFrameStream == stream)
            LastFrameStream = null;
    }
}
