namespace Sluice.Controller.ProxyMode;

/// <summary>Keeps a configuration stream open, for ever: what ends is begun again.</summary>
internal sealed class StreamClient(ControllerAddress address, IStreamReceiver receiver, ProxyModeReporter reporter)
{
    private readonly BackOff _backOff = new();
    private long _connects;
    private long _bytesBefore;
    private volatile ControllerSession? _session;

    /// <summary>A stream is open.</summary>
    public bool IsConnected { get; private set; }

    /// <summary>Streams that were opened.</summary>
    public long Connects => Interlocked.Read(ref _connects);

    /// <summary>Bytes of frames on all streams.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytesBefore) + (_session?.BytesReceived ?? 0);

    /// <summary>For tests; null: as the protocol says.</summary>
    public TimeSpan? PingInterval { get; init; }

    /// <inheritdoc cref="PingInterval"/>
    public TimeSpan? Silence { get; init; }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync(stop);

                // Ended in order: the controller wants to see our token again.
                _backOff.Reset();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (IOException error)
            {
                reporter.Disconnected(error.Message);
                await WaitAsync(_backOff.Next(), stop);
            }
            catch (Exception defect)
            {
                // Without a stream nothing would ever change any more: better another one.
                reporter.Fault(defect);
                await WaitAsync(_backOff.Next(), stop);
            }
        }
    }

    private async Task ConnectAsync(CancellationToken stop)
    {
        using var invoker = ControllerSession.CreateInvoker(address);
        using var session = new ControllerSession(receiver, PingInterval, Silence);
        session.Opened += () =>
        {
            Interlocked.Increment(ref _connects);
            IsConnected = true;
            _backOff.Reset();
            reporter.Connected();
        };
        _session = session;
        try
        {
            await session.RunAsync(invoker, address, stop);
        }
        finally
        {
            IsConnected = false;
            Interlocked.Add(ref _bytesBefore, session.BytesReceived);
            _session = null;
        }
    }

    private static async Task WaitAsync(TimeSpan time, CancellationToken stop)
    {
        try
        {
            await Task.Delay(time, stop);
        }
        catch (OperationCanceledException)
        {
            // Stopped: the caller looks.
        }
    }
}
