using Sluice.Proxy.Engine;

namespace Sluice.Proxy.Telemetry.Records;

/// <summary>
/// What one worker has to say to one drain. The worker fills a buffer and hands it over when it is full, or a moment after its first
/// record; buffers come back when they have been written out. When all of them are under way records are dropped and counted: a
/// worker never waits for a disk or a collector.
/// </summary>
internal sealed class RecordLane(Worker worker, RecordDrain drain, RecordStream stream, RecordCounters counters) : TimerNode
{
    /// <summary>Buffers of a lane, made when they are needed: one that is filled, the others under way.</summary>
    public const int Buffers = 16;

    private readonly BufferRing _full = new(Buffers);
    private readonly BufferRing _free = new(Buffers);
    private RecordBuffer? _current;
    private int _made;
    private bool _isScheduled;
    private bool _isClosed;

    /// <summary>What the records are.</summary>
    public RecordStream Stream { get; } = stream;

    public RecordCounters Counters { get; } = counters;

    /// <summary>Nothing more comes, and nothing is left.</summary>
    public bool IsOver => Volatile.Read(ref _isClosed) && _full.IsEmpty;

    /// <summary>Room for a record; empty when there is none. <see cref="Commit"/> follows, or <see cref="TryMakeRoom"/>, or nothing.</summary>
    public Span<byte> Reserve()
    {
        if (_current is { Length: RecordBuffer.Size })
            HandOver();
        _current ??= _free.TryTake() ?? Make();
        return _current is null ? default : _current.Bytes.AsSpan(_current.Length);
    }

    /// <summary>The record was written.</summary>
    public void Commit(int length)
    {
        var buffer = _current!;
        buffer.Length += length;
        buffer.Count++;
        Counters.Written++;
        if (_isScheduled)
            return;
        _isScheduled = true;
        worker.Timers.Schedule(this, worker.Now + drain.FlushMilliseconds);
    }

    /// <summary>The record did not fit behind the others: hands those over. False when there were none.</summary>
    public bool TryMakeRoom()
    {
        if (_current is not { Length: > 0 })
            return false;
        HandOver();
        return true;
    }

    public void CountDropped() => Counters.Dropped++;

    /// <summary>On the worker: hands over what there is.</summary>
    public void Flush()
    {
        if (_current is { Length: > 0 })
            HandOver();
    }

    /// <summary>On the worker: nothing more comes.</summary>
    public void Close()
    {
        Flush();
        worker.Timers.Cancel(this);
        Volatile.Write(ref _isClosed, true);
        drain.Signal();
    }

    /// <summary>On the drain's thread: the next buffer; null when there is none.</summary>
    public RecordBuffer? TryTake() => _full.TryTake();

    /// <summary>On the drain's thread: the buffer has been written out.</summary>
    public void GiveBack(RecordBuffer buffer)
    {
        buffer.Clear();
        _free.TryAdd(buffer);
    }

    internal override void OnTimer()
    {
        _isScheduled = false;
        Flush();
    }

    private void HandOver()
    {
        // There are no more buffers than places.
        _full.TryAdd(_current!);
        _current = null;
        drain.Signal();
    }

    private RecordBuffer? Make()
    {
        if (_made == Buffers)
            return null;
        _made++;
        return new RecordBuffer();
    }
}
