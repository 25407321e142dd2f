using Sluice.Controller.Files;

namespace Sluice.Controller.Publishing;

/// <summary>
/// Puts one update after the other in force, and the last one again when time alone changes what it means, or when a part of it did
/// not come into force, as with a port that is taken.
/// </summary>
/// <param name="pipeline">Does it.</param>
/// <param name="clock">The time.</param>
internal sealed class UpdateLoop(UpdatePipeline pipeline, TimeProvider clock)
{
    /// <summary>Certificates are looked at this often, although they last for months: a timer takes no longer times.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>What did not come into force is tried again.</summary>
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(5);

    /// <summary>Something else that changes by time; null for nothing.</summary>
    public Func<DateTimeOffset?> Due { get; init; } = () => null;

    /// <summary>Told of what is in force after each update.</summary>
    public required Action<ControllerState> InForce { get; init; }

    /// <summary>Gets what was thrown where an update cannot be put in force for a defect of ours; what was in force stays.</summary>
    public required Action<Exception> OnDefect { get; init; }

    /// <summary>Runs until cancelled.</summary>
    /// <param name="latest">What is in force already.</param>
    /// <param name="next">Waits for the next update.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(SourceUpdate latest, Func<CancellationToken, Task<SourceUpdate>> next, CancellationToken stop)
    {
        Task<SourceUpdate>? waiting = null;

        // After a defect only another update is worth a try: time alone changes nothing about it.
        var isDefective = false;
        while (true)
        {
            waiting ??= next(stop);
            if (await HasNextAsync(waiting, isDefective ? LongestWait : Wait(), stop))
            {
                latest = await waiting;
                waiting = null;
            }
            else if (isDefective || (pipeline.IsComplete && !IsDue(pipeline.State.Translation.ChangesAt) && !IsDue(Due())))
            {
                continue;
            }
            var state = await pipeline.TryPutInForceAsync(latest, OnDefect);
            isDefective = state is null;
            if (state is not null)
                Tell(state);
        }
    }

    private void Tell(ControllerState state)
    {
        try
        {
            InForce(state);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            OnDefect(defect);
        }
    }

    private TimeSpan Wait()
    {
        var wait = Earlier(Until(pipeline.State.Translation.ChangesAt), Until(Due()));
        return pipeline.IsComplete ? wait : Earlier(wait, Retry);
    }

    private TimeSpan Until(DateTimeOffset? time)
    {
        if (time is null)
            return LongestWait;
        var wait = time.Value - clock.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : Earlier(wait, LongestWait);
    }

    private bool IsDue(DateTimeOffset? time) => time <= clock.GetUtcNow();

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static async Task<bool> HasNextAsync(Task<SourceUpdate> waiting, TimeSpan wait, CancellationToken stop)
    {
        if (waiting.IsCompleted)
            return true;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var delay = Task.Delay(wait, patience.Token);
        await Task.WhenAny(waiting, delay);
        await patience.CancelAsync();
        stop.ThrowIfCancellationRequested();
        return waiting.IsCompleted;
    }
}
