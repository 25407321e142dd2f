namespace Sluice.Kubernetes.Client;

/// <summary>
/// Pauses that grow after each failure: half of each is fixed and half random, so that many who failed together do not come
/// back together. Not thread-safe.
/// </summary>
/// <param name="first">The longest that the first pause may be.</param>
/// <param name="max">The longest that any may be.</param>
/// <param name="clock">Null for the system's clock.</param>
/// <param name="random">Gives numbers from 0 up to 1; null for the system's.</param>
public sealed class Backoff(TimeSpan first, TimeSpan max, TimeProvider? clock = null, Func<double>? random = null)
{
    /// <summary>Servers that ask for more get this: 1 minute.</summary>
    private static readonly TimeSpan MaxAsked = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly Func<double> _random = random ?? Random.Shared.NextDouble;
    private TimeSpan _next = first < max ? first : max;

    /// <summary>The pause after one more failure.</summary>
    /// <param name="atLeast">What the server asked for (Retry-After), of which a minute at most is granted; longer pauses stay.</param>
    public TimeSpan Next(TimeSpan? atLeast = null)
    {
        var pause = _next * (0.5 + (0.5 * _random()));
        _next = _next * 2 < max ? _next * 2 : max;

        // On top of what the server asked for comes a random part: it told everyone the same.
        return atLeast is { } asked && asked > pause ? (asked < MaxAsked ? asked : MaxAsked) + (first * _random()) : pause;
    }

    /// <summary>After a success: the next pause is the first again.</summary>
    public void Reset() => _next = first < max ? first : max;

    /// <summary>Waits for <see cref="Next"/>.</summary>
    public Task WaitAsync(TimeSpan? atLeast, CancellationToken cancellation) => Task.Delay(Next(atLeast), _clock, cancellation);
}
