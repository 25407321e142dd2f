using System.Diagnostics;

namespace Sluice.Conformance.Traffic;

/// <summary>Repeats an attempt until it has come out right several times in a row.</summary>
internal static class Consistency
{
    private const int Wanted = 3;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    /// <summary>3 times in a row within 30 s; 1 s pause after a failure, none after a success.</summary>
    /// <param name="what">Names the attempt in the message.</param>
    /// <param name="attempt">Null when it came out right, else what was wrong. A transport error is a failure too.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ConformanceException">It did not come out right in time.</exception>
    public static async Task HoldsAsync(string what, Func<CancellationToken, Task<string?>> attempt, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        var right = 0;
        string? last = null;
        while (right < Wanted)
        {
            if (Stopwatch.GetElapsedTime(since) > Limit)
                throw new ConformanceException($"{what}: {last ?? "only successes, but too slowly"} (for {Limit.TotalSeconds} s)");
            last = await AttemptAsync(attempt, cancellation);
            right = last is null ? right + 1 : 0;
            if (last is not null)
                await Task.Delay(PauseAfterFailure, cancellation);
        }
    }

    private static async Task<string?> AttemptAsync(Func<CancellationToken, Task<string?>> attempt, CancellationToken cancellation)
    {
        try
        {
            return await attempt(cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "no answer in time";
        }
        catch (Exception error) when (error is HttpRequestException or IOException or FormatException or System.Net.WebSockets.WebSocketException)
        {
            return $"{error.Message}{(error.InnerException is { } inner ? $" ({inner.Message})" : "")}";
        }
    }
}
