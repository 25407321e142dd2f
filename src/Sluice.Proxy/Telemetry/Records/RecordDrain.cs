namespace Sluice.Proxy.Telemetry.Records;

/// <summary>
/// Takes buffers from the lanes of all workers and writes them out, on a thread of its own: whatever it waits for, no worker does.
/// </summary>
internal abstract class RecordDrain : IDisposable
{
    /// <summary>How long the end waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly AutoResetEvent _wake = new(false);
    private readonly Lock _lock = new();
    private RecordLane[] _lanes = [];
    private Thread? _thread;
    private volatile bool _isStopping;

    /// <summary>How long records wait for others before they are handed over.</summary>
    public virtual int FlushMilliseconds => 200;

    /// <summary>What it writes to, for messages.</summary>
    public abstract string Name { get; }

    /// <summary>Told once of a trouble, and once when it is over.</summary>
    public Action<string> Report { get; init; } = _ => { };

    protected bool IsStopping => _isStopping;

    /// <summary>From the worker of the lanes or any other thread.</summary>
    public void Add(IEnumerable<RecordLane> lanes)
    {
        lock (_lock)
        {
            _lanes = [.. _lanes, .. lanes];
            if (_thread is not null)
                return;
            _thread = new Thread(Run) { IsBackground = true, Name = "sluice-records" };
            _thread.Start();
        }
    }

    /// <summary>There is something to be done. Never waits.</summary>
    public void Signal()
    {
        if (!_isStopping)
            _wake.Set();
    }

    /// <summary>
    /// Writes out what has been handed over, for at most three seconds, and ends; what is not written then is lost. Not before all
    /// workers have ended.
    /// </summary>
    public void Dispose()
    {
        if (_isStopping)
            return;
        Thread? thread;
        lock (_lock)
            thread = _thread;
        _isStopping = true;
        OnStopping(Patience);
        _wake.Set();

        // A thread that is held up by a disk still needs the event; it ends with the process.
        if (thread is null || thread.Join(Patience))
            _wake.Dispose();
    }

    /// <summary>Writes a buffer out, and says how many of its records were lost.</summary>
    protected abstract int Write(RecordStream stream, RecordBuffer buffer);

    /// <summary>Everything there was has been written, for now.</summary>
    protected virtual void OnIdle()
    {
    }

    /// <summary>The thread is to end soon.</summary>
    protected virtual void OnStopping(TimeSpan patience)
    {
    }

    /// <summary>The thread ends.</summary>
    protected virtual void OnStopped()
    {
    }

    private void Run()
    {
        while (true)
        {
            _wake.WaitOne();
            var isLast = _isStopping;
            while (WriteRound())
            {
            }

            OnIdle();
            Sweep();
            if (isLast)
                break;
        }

        OnStopped();
    }

    /// <summary>One buffer of each lane, so that none waits for a busy one. False when there was none.</summary>
    private bool WriteRound()
    {
        var any = false;
        foreach (var lane in Volatile.Read(ref _lanes))
        {
            if (lane.TryTake() is not { } buffer)
                continue;
            any = true;
            int lost;
            try
            {
                lost = Write(lane.Stream, buffer);
            }
            catch (Exception exception)
            {
                // A defect of ours costs the buffer.
                lost = buffer.Count;
                Report($"{Name}: {exception.Message}");
            }

            lane.Counters.Lost += lost;
            lane.GiveBack(buffer);
        }

        return any;
    }

    private void Sweep()
    {
        if (!Volatile.Read(ref _lanes).Any(lane => lane.IsOver))
            return;
        lock (_lock)
            _lanes = [.. _lanes.Where(lane => !lane.IsOver)];
    }
}
