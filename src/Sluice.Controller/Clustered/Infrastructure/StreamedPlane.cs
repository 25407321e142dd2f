using System.Collections.Concurrent;
using Sluice.Configuration;
using Sluice.Controller.Publishing;
using Sluice.Controller.Streaming;
using Sluice.Translation;

namespace Sluice.Controller.Clustered.Infrastructure;

/// <summary>
/// The data plane in proxies, without waiting for them: thousands of proxies, or one that is slow, must not hold up the others. What
/// they come to say is asked for again when it may have changed.
/// </summary>
/// <param name="remote">The proxies.</param>
/// <param name="changed">Called, on any thread, when an outcome may be another.</param>
internal sealed class StreamedPlane(RemoteDataPlane remote, Action changed) : IDataPlane
{
    private readonly ConcurrentDictionary<string, Task<ApplyOutcome>> _decisions = new(StringComparer.Ordinal);

    public Task<ApplyOutcome> ApplyAsync(ProxyConfiguration configuration)
    {
        var decision = remote.ApplyAsync(configuration);
        _decisions[configuration.Gateway] = decision;
        if (!decision.IsCompleted)
            _ = TellAsync(decision);
        return Task.FromResult(OutcomeOf(configuration.Gateway));
    }

    public ApplyOutcome? Latest(string gateway) => OutcomeOf(gateway);

    public Task RemoveAsync(string gateway)
    {
        _decisions.TryRemove(gateway, out _);
        return remote.RemoveAsync(gateway);
    }

    private ApplyOutcome OutcomeOf(string gateway) =>
        _decisions.TryGetValue(gateway, out var decision) && !decision.IsCompleted
            ? remote.Silence.IsAwaited ? ApplyOutcome.Awaited : ApplyOutcome.Deciding
            : remote.OutcomeOf(gateway);

    // What went wrong with a decision shows when it is asked for.
    private async Task TellAsync(Task decision)
    {
        await ((Task)decision).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        changed();
    }
}
