using System.Diagnostics;
using Sluice.Controller.ProxyMode;

namespace Sluice.ProxyLoad;

/// <summary>
/// Many proxies of one Gateway, each with a connection of its own, that count who has which version. Streams that end are opened
/// again.
/// </summary>
internal sealed class SimulatedProxies : IAsyncDisposable
{
    /// <summary>Connections that are being made at the same time.</summary>
    private const int Connecting = 32;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ControllerAddress _address;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _connecting = new(Connecting);
    private readonly Lock _lock = new();
    private readonly Dictionary<long, Progress> _versions = [];
    private readonly Task[] _running;
    private long _bytes;
    private int _open;
    private string _lastFailure = "";

    public SimulatedProxies(ControllerAddress address, int count)
    {
        _address = address;
        Count = count;
        _running = [.. Enumerable.Range(0, count).Select(index => Task.Run(() => RunAsync($"simulated-{index}")))];
    }

    public int Count { get; }

    /// <summary>Streams that are open now.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Bytes of frames on streams that have ended.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Why a stream ended last; "" when none did.</summary>
    public string LastFailure => Volatile.Read(ref _lastFailure);

    /// <summary>A version has come to all of them: its number, when it came to the first, when to the last (milliseconds since 1970).</summary>
    public event Action<long, long, long>? Complete;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _connecting.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(string name)
    {
        while (!_stop.IsCancellationRequested)
        {
            await _connecting.WaitAsync();
            var isConnecting = 1;
            var receiver = new VersionReceiver(name, version =>
            {
                Release(ref isConnecting);
                Note(version);
            });
            try
            {
                using var invoker = ControllerSession.CreateInvoker(_address);
                using var session = new ControllerSession(receiver);
                session.Opened += () => Interlocked.Increment(ref _open);
                try
                {
                    await session.RunAsync(invoker, _address, _stop.Token);
                }
                finally
                {
                    Interlocked.Add(ref _bytes, session.BytesReceived);
                    if (session.BytesReceived > 0)
                        Interlocked.Decrement(ref _open);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (IOException error)
            {
                Volatile.Write(ref _lastFailure, error.Message);
                await Task.WhenAny(Task.Delay(Pause, _stop.Token));
            }
            finally
            {
                Release(ref isConnecting);
            }
        }
    }

    /// <summary>Lets the next one connect: when the first configuration is there, or will not come.</summary>
    private void Release(ref int isConnecting)
    {
        if (Interlocked.Exchange(ref isConnecting, 0) == 1)
            _connecting.Release();
    }

    private void Note(long version)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        Progress progress;
        lock (_lock)
        {
            if (!_versions.TryGetValue(version, out progress!))
                _versions[version] = progress = new Progress(now);
            if (++progress.Count < Count)
                return;
            _versions.Remove(version);
        }

        Complete?.Invoke(version, progress.First, now);
    }

    [DebuggerDisplay("{Count}")]
    private sealed class Progress(long first)
    {
        public long First => first;

        public int Count { get; set; }
    }
}
