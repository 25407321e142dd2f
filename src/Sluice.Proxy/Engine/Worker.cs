using System.Diagnostics;
using System.Runtime.InteropServices;
using Sluice.Proxy.Engine.Native;
using Sluice.Proxy.Tls;

namespace Sluice.Proxy.Engine;

/// <summary>
/// One thread, one epoll instance, and everything that belongs to them: connections, pools, timers, buffers. Nothing here is
/// shared, so nothing is locked. Other threads reach a worker through <see cref="Post"/> only.
///
/// One turn of the loop: wait for events; handle each (reads use <see cref="ReceiveBuffer"/>, writes collect in the
/// <see cref="Cork"/> and leave with one send when the event is done); then connections that were cut short for fairness,
/// failed sends, timers; then what connections with many exchanges have collected over the whole turn.
/// </summary>
internal sealed unsafe class Worker : IDisposable
{
    /// <summary>Bytes that one recv may bring.</summary>
    internal const int ReceiveBufferSize = 64 * 1024;

    /// <summary>Largest head that can be written: input limits plus configured edits stay far below.</summary>
    internal const int ScratchSize = 256 * 1024;

    private const int EventCapacity = 512;

    private readonly int _epoll;
    private readonly EpollEvents _events = new(EventCapacity, RuntimeInformation.ProcessArchitecture);
    private readonly EpollEvents _control = new(1, RuntimeInformation.ProcessArchitecture);
    private readonly Mailbox _mailbox = new();
    private readonly Queue<StreamConnection> _ready = new();
    private readonly Queue<StreamConnection> _broken = new();
    private readonly Queue<StreamConnection> _unflushed = new();
    private readonly Thread _thread;
    private readonly Action<Worker, Exception> _onFault;
    private readonly byte* _receiveBuffer = (byte*)NativeMemory.AlignedAlloc(ReceiveBufferSize, 4096);
    private readonly byte* _scratch = (byte*)NativeMemory.AlignedAlloc(ScratchSize, 4096);
    private Pollable?[] _watched = new Pollable?[256];
    private TlsIo? _tls;
    private uint _generation;
    private bool _stopping;

    public Worker(int index, Action<Worker, Exception> onFault)
    {
        Index = index;
        _onFault = onFault;
        _epoll = Libc.epoll_create1(LinuxConstants.EPOLL_CLOEXEC);
        if (_epoll < 0)
            throw new IOException($"epoll_create1 failed (errno {Libc.Errno})");

        Now = Environment.TickCount64;
        Timers = new TimerWheel(Now, Fault);
        Cork = new Cork();
        Context = new WorkerSynchronizationContext(_mailbox);
        Random = new FastRandom((ulong)Stopwatch.GetTimestamp() + (ulong)index);
        Control(LinuxConstants.EPOLL_CTL_ADD, _mailbox.Descriptor, LinuxConstants.EPOLLIN, ulong.MaxValue);
        _thread = new Thread(Run) { IsBackground = true, Name = $"sluice-worker-{index}" };
    }

    /// <summary>Before the events of a turn: what was let go in the turn before may be used again.</summary>
    public event Action? TurnStarting;

    /// <summary>After the events and timers of a turn: what was collected over many of them can go out.</summary>
    public event Action? TurnEnding;

    /// <summary>A peer sent more messages of TLS itself than allowed, and is left.</summary>
    public event Action? TlsFlooded;

    public int Index { get; }

    /// <summary>Milliseconds, read once per turn: for timeouts.</summary>
    public long Now { get; private set; }

    /// <summary>Events of this turn: how busy the worker is.</summary>
    public int TurnEvents { get; private set; }

    public TimerWheel Timers { get; }

    public BufferPool Buffers { get; } = new();

    public SplicePipePool Pipes { get; } = new();

    public Cork Cork { get; }

    /// <summary>Made when the worker first has to do with TLS.</summary>
    public TlsIo Tls => _tls ??= new TlsIo(Buffers, TlsMessageLimit);

    /// <summary><see cref="ProxyLimits.TlsMessages"/>; set before the worker starts.</summary>
    public int TlsMessageLimit { get; set; } = new ProxyLimits().TlsMessages;

    public FastRandom Random { get; }

    public WorkerSynchronizationContext Context { get; }

    /// <summary>Where recv puts bytes; valid until the next recv of this worker.</summary>
    public Span<byte> ReceiveBuffer => new(_receiveBuffer, ReceiveBufferSize);

    public byte* ReceivePointer => _receiveBuffer;

    /// <summary>Where heads are composed; valid until the next composition.</summary>
    public Span<byte> Scratch => new(_scratch, ScratchSize);

    public bool IsCurrent => Thread.CurrentThread == _thread;

    public void Start() => _thread.Start();

    /// <summary>Runs a callback on the worker, from any thread.</summary>
    public void Post(SendOrPostCallback callback, object? state) => _mailbox.Post(callback, state);

    public void NoteTlsFlood() => TlsFlooded?.Invoke();

    /// <summary>Runs an action on the worker and completes when it has run.</summary>
    public Task InvokeAsync(Action action)
    {
        var completion = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(
            _ =>
            {
                try
                {
                    action();
                    completion.SetResult();
                }
                catch (Exception exception)
                {
                    completion.SetException(exception);
                }
            },
            null);
        return completion.Task;
    }

    public void Stop() => Post(_ => _stopping = true, null);

    public void Join() => _thread.Join();

    /// <summary>Stops the events of a descriptor until <see cref="Resume"/>.</summary>
    internal void Pause(Pollable pollable) =>
        Control(LinuxConstants.EPOLL_CTL_MOD, pollable.Descriptor, 0, Key(pollable));

    /// <summary>Has epoll look again at what it reports the edges of: a descriptor that is ready now is reported once more.</summary>
    internal void Rearm(Pollable pollable, uint events) =>
        Control(LinuxConstants.EPOLL_CTL_MOD, pollable.Descriptor, events, Key(pollable));

    internal void Resume(ListenSocket socket) =>
        Control(LinuxConstants.EPOLL_CTL_MOD, socket.Descriptor, LinuxConstants.EPOLLIN, Key(socket));

    /// <summary>Everything that is watched now.</summary>
    internal IEnumerable<Pollable> Watched => _watched.OfType<Pollable>().ToArray();

    private static ulong Key(Pollable pollable) => ((ulong)pollable.Generation << 32) | (uint)pollable.Descriptor;

    /// <summary>Begins to watch a descriptor and returns the generation that its events carry.</summary>
    internal uint Watch(Pollable pollable, uint events)
    {
        var descriptor = pollable.Descriptor;
        if (descriptor >= _watched.Length)
            Array.Resize(ref _watched, Math.Max(_watched.Length * 2, descriptor + 1));
        _watched[descriptor] = pollable;

        // The top bit stays clear: all ones is the mailbox.
        _generation = (_generation + 1) & 0x7fffffff;
        Control(LinuxConstants.EPOLL_CTL_ADD, descriptor, events, ((ulong)_generation << 32) | (uint)descriptor);
        return _generation;
    }

    /// <summary>Another object stands for a descriptor that is watched already.</summary>
    internal void Rewatch(Pollable pollable) => _watched[pollable.Descriptor] = pollable;

    /// <summary>Forgets and closes a descriptor; closing takes it out of epoll.</summary>
    internal void Close(int descriptor)
    {
        _watched[descriptor] = null;
        Libc.close(descriptor);
    }

    /// <summary>Lets a connection go on reading after the others had their turn.</summary>
    internal void ContinueLater(StreamConnection connection) => _ready.Enqueue(connection);

    /// <summary>Sends what a connection has composed when the turn ends.</summary>
    internal void FlushLater(StreamConnection connection) => _unflushed.Enqueue(connection);

    /// <summary>A send failed in the middle of something else: the connection learns of it when the event is done.</summary>
    internal void ReportBroken(StreamConnection connection) => _broken.Enqueue(connection);

    private void Run()
    {
        SynchronizationContext.SetSynchronizationContext(Context);
        while (!_stopping)
        {
            var count = TurnEvents = Wait();
            Now = Environment.TickCount64;
            TurnStarting?.Invoke();
            for (var i = 0; i < count; i++)
                Dispatch(_events.Flags(i), _events.Data(i));

            for (var left = _ready.Count; left > 0; left--)
            {
                var connection = _ready.Dequeue();
                Guard(static connection => ((StreamConnection)connection).ContinueReading(), connection);
            }

            Guard(static worker => ((Worker)worker).Timers.Advance(((Worker)worker).Now), this);

            TurnEnding?.Invoke();

            // Those that have more to say because this went out say it in the next turn.
            for (var left = _unflushed.Count; left > 0; left--)
                Guard(static connection => ((StreamConnection)connection).FlushTurn(), _unflushed.Dequeue());
        }
    }

    private int Wait()
    {
        // Not asked with a timeout of 0 first: below full load that would be a second system call in most turns.
        var count = _ready.Count > 0 || _unflushed.Count > 0
            ? Libc.epoll_poll(_epoll, _events.Pointer, EventCapacity, 0)
            : Libc.epoll_wait(_epoll, _events.Pointer, EventCapacity, Timers.NextDelay(Environment.TickCount64));
        return Math.Max(count, 0);
    }

    private void Dispatch(uint flags, ulong data)
    {
        if (data == ulong.MaxValue)
        {
            Guard(static worker => ((Worker)worker)._mailbox.Drain(), this);
            return;
        }

        var pollable = _watched[(uint)data];
        if (pollable is null || pollable.Generation != (uint)(data >> 32))
            return;

        try
        {
            pollable.OnEvents(flags);
        }
        catch (Exception exception)
        {
            Fault(pollable, exception);
        }

        Settle();
    }

    private void Guard(Action<object> action, object argument)
    {
        try
        {
            action(argument);
        }
        catch (Exception exception)
        {
            Fault(argument, exception);
        }

        Settle();
    }

    /// <summary>A defect in our code costs one connection, never the worker; it is reported and counted.</summary>
    internal void Fault(object source, Exception exception)
    {
        _onFault(this, exception);
        if (source is not StreamConnection connection)
            return;
        try
        {
            connection.Abandon();
        }
        catch (Exception second)
        {
            // Its state is torn beyond repair: forget it, so that nothing reaches it any more.
            _onFault(this, second);
            connection.Forget();
        }
    }

    /// <summary>Sends what the event wrote, then handles what could not be handled in its middle.</summary>
    private void Settle()
    {
        Cork.Flush();
        while (_broken.TryDequeue(out var connection))
        {
            try
            {
                connection.HandleBroken();
            }
            catch (Exception exception)
            {
                Fault(connection, exception);
            }

            Cork.Flush();
        }
    }

    private void Control(int operation, int descriptor, uint events, ulong data)
    {
        if (Libc.epoll_ctl(_epoll, operation, descriptor, _control.Set(0, events, data)) != 0)
            throw new IOException($"epoll_ctl failed (errno {Libc.Errno})");
    }

    public void Dispose()
    {
        foreach (var pollable in _watched)
        {
            if (pollable is { IsOpen: true })
                Libc.close(pollable.Descriptor);
        }

        _tls?.Dispose();
        Buffers.Dispose();
        Libc.close(_epoll);
        _mailbox.Dispose();
        _events.Dispose();
        _control.Dispose();
        Cork.Dispose();
        Pipes.Dispose();
        NativeMemory.AlignedFree(_receiveBuffer);
        NativeMemory.AlignedFree(_scratch);
    }
}
