namespace Sluice.Kubernetes.Tests.Support;

/// <summary>A clock that a test moves: its timestamps only forward, its time of day anywhere.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private volatile TaskCompletionSource _created = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TimeSpan _elapsed;
    private TimeSpan _step;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_lock)
            return _elapsed.Ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero) + _elapsed + _step;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Someone sets the time of day.</summary>
    public void Step(TimeSpan by)
    {
        lock (_lock)
            _step += by;
    }

    /// <summary>Time passes, and what was due in it happens.</summary>
    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_lock)
        {
            _elapsed += by;
            due = [.. _timers.Where(timer => timer.DueAt <= _elapsed).OrderBy(timer => timer.DueAt)];
            _timers.RemoveAll(due.Contains);
        }

        foreach (var timer in due)
            timer.Fire();
    }

    /// <summary>Waits until someone waits for a time of that length.</summary>
    public async Task WaitForTimerAsync(TimeSpan from, TimeSpan to)
    {
        while (true)
        {
            var created = _created;
            lock (_lock)
            {
                if (_timers.Any(timer => timer.Length >= from && timer.Length <= to))
                    return;
            }

            await created.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    private void Set(ManualTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.Length = dueTime;
                timer.DueAt = _elapsed + dueTime;
                _timers.Add(timer);
            }
        }

        Interlocked.Exchange(ref _created, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public TimeSpan Length { get; set; }

        public TimeSpan DueAt { get; set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan && period != TimeSpan.Zero)
                throw new NotSupportedException("Nothing here repeats.");
            time.Set(this, dueTime);
            return true;
        }

        public void Dispose() => time.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
