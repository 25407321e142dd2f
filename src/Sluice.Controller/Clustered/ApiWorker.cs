using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Sluice.Controller.Statuses;
using Sluice.Kubernetes.Client;

namespace Sluice.Controller.Clustered;

/// <summary>
/// Works on items that are due, several at a time, with requests to an API server. While that is away it tries with one item at a
/// time, less and less often; an item that the server refuses, or fails at (500: an admission webhook of its namespace, perhaps), is
/// put off and leaves the others alone.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A SemaphoreSlim whose wait handle nobody asks for holds nothing.")]
internal abstract class ApiWorker<TItem>(TimeProvider clock)
    where TItem : class
{
    /// <summary>Items at a time.</summary>
    private const int MaxItems = 16;

    /// <summary>A server, or what stands in front of it, that asks to be left alone for longer is granted this.</summary>
    private static readonly TimeSpan LongestAsked = TimeSpan.FromMinutes(1);

    /// <summary>When it fails at so many items, and takes none, it is the server and not they.</summary>
    private const int FewItems = 3;

    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private readonly TaskCompletionSource _hasSettled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly ConditionalWeakTable<TItem, StrongBox<int>> _failing = []; // with their failures in a row
    private readonly HashSet<TItem> _suspects = new(ReferenceEqualityComparer.Instance); // a few that failed since anything went well
    private int _busy;
    private int _failures;
    private long _pausedUntil;
    private long _errors;

    /// <summary>Requests that failed.</summary>
    public long Errors => Interlocked.Read(ref _errors);

    /// <summary>Completes when, for the first time, nothing is due.</summary>
    public Task HasSettled => _hasSettled.Task;

    protected TimeProvider Clock => clock;

    /// <summary>Works until cancelled; whoever is not the leader does not run it. Waits for what is under way before it returns.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        Begin();
        try
        {
            while (!cancellation.IsCancellationRequested)
                await WaitAsync(Start(cancellation), cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Below.
        }
        while (Volatile.Read(ref _busy) > 0)
            await _wake.Reader.ReadAsync(CancellationToken.None);
    }

    /// <summary>Something may be due earlier than before. May be called on any thread.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Whoever worked until now may have been somebody else: everything is to be looked at.</summary>
    protected abstract void Begin();

    /// <summary>The next item, which is then nobody else's until it is given back; null when none is due, with the time of the next.</summary>
    protected abstract TItem? TakeDue(out DateTimeOffset? next);

    /// <exception cref="ApiException">A request failed.</exception>
    protected abstract Task WorkAsync(TItem item, CancellationToken cancellation);

    /// <summary>Ends the work on an item.</summary>
    /// <param name="item">From <see cref="TakeDue"/>.</param>
    /// <param name="again">It is to be worked on again at once.</param>
    protected abstract void GiveBack(TItem item, bool again);

    /// <summary>The API server does not take it: to be put off.</summary>
    protected abstract void Refused(TItem item);

    /// <summary>The API server fails at it: to be tried again after a pause.</summary>
    protected abstract void PutOff(TItem item, TimeSpan pause);

    /// <summary>Told of every failure.</summary>
    protected abstract void Failed(TItem item, ApiException error);

    /// <summary>Starts what may be started, and says how long nothing is due; null: until there is news.</summary>
    private TimeSpan? Start(CancellationToken cancellation)
    {
        while (true)
        {
            if (Volatile.Read(ref _busy) >= (Volatile.Read(ref _failures) > 0 ? 1 : MaxItems))
                return null;
            var pause = new DateTimeOffset(Interlocked.Read(ref _pausedUntil), TimeSpan.Zero) - clock.GetUtcNow();
            if (pause > TimeSpan.Zero)
                return pause;
            if (TakeDue(out var next) is not { } item)
            {
                if (Volatile.Read(ref _busy) == 0)
                    _hasSettled.TrySetResult();
                return next - clock.GetUtcNow();
            }
            Interlocked.Increment(ref _busy);
            _ = BringAsync(item, cancellation);
        }
    }

    private async Task WaitAsync(TimeSpan? wait, CancellationToken cancellation)
    {
        if (wait <= TimeSpan.Zero)
            return;
        await using var timer = wait is { } time ? clock.CreateTimer(static state => ((ApiWorker<TItem>)state!).Wake(), this, time, Timeout.InfiniteTimeSpan) : null;
        await _wake.Reader.ReadAsync(cancellation);
    }

    private async Task BringAsync(TItem item, CancellationToken cancellation)
    {
        var again = false;
        try
        {
            await Task.Yield();
            await WorkAsync(item, cancellation);
            Succeeded(item);
        }
        catch (OperationCanceledException)
        {
            again = true;
        }
        catch (ApiException error)
        {
            again = Handle(item, error);
        }
        catch (JsonException error)
        {
            again = Handle(item, new ApiException(0, ApiException.BadAnswer, $"the API server's answer is no object: {error.Message}"));
        }
        catch (Exception defect)
        {
            // Costs this item its turn, and is told like a refusal.
            again = Handle(item, new ApiException(400, "Defect", $"a defect of this program: {defect}", inner: defect));
        }
        finally
        {
            GiveBack(item, again);
            Interlocked.Decrement(ref _busy);
            Wake();
        }
    }

    private void Succeeded(TItem item)
    {
        Volatile.Write(ref _failures, 0);
        lock (_lock)
        {
            _failing.Remove(item);
            _suspects.Clear();
        }
    }

    /// <summary>Whether the failure is of this item alone, as far as can be told, and how long it is put off then.</summary>
    private bool IsOfOne(TItem item, ApiException error, out TimeSpan pause)
    {
        pause = default;
        if (error.StatusCode != 500)
            return false;
        lock (_lock)
        {
            pause = StatusPace.Pause(++_failing.GetValue(item, _ => new StrongBox<int>()).Value);
            if (_suspects.Count < FewItems)
                _suspects.Add(item);
            return _suspects.Count < FewItems;
        }
    }

    /// <summary>Says whether to try again at once, that is when the pause is over.</summary>
    private bool Handle(TItem item, ApiException error)
    {
        Interlocked.Increment(ref _errors);
        Failed(item, error);
        if (!error.IsTransient)
        {
            Refused(item);
            return false;
        }
        if (IsOfOne(item, error, out var ownPause))
        {
            PutOff(item, ownPause);
            return false;
        }
        var pause = StatusPace.Pause(Interlocked.Increment(ref _failures));
        if (error.RetryAfter > pause)
            pause = error.RetryAfter < LongestAsked ? error.RetryAfter.Value : LongestAsked;
        Interlocked.Exchange(ref _pausedUntil, (clock.GetUtcNow() + pause).UtcTicks);
        return true;
    }
}
