using System.Diagnostics;
using System.Net.WebSockets;
using System.Security.Authentication;

namespace Sluice.Conformance.Traffic;

/// <summary>Repeats an attempt until it has come out right several times in a row.</summary>
internal static class Consistency
{
    private const int Wanted = 3;
    private const int FailuresWanted = 5;
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

    /// <summary>
    /// 5 failures in a row within 30 s. A failure is a status that is neither 200 nor 408 nor 504; those two, and no answer, only
    /// mean another try; a single 200 ends it.
    /// </summary>
    /// <param name="what">Names the attempt in the message.</param>
    /// <param name="attempt">The status that came.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="ConformanceException">A request succeeded, or there were no such failures in time.</exception>
    public static async Task FailsAsync(string what, Func<CancellationToken, Task<int>> attempt, CancellationToken cancellation)
    {
        var since = Stopwatch.GetTimestamp();
        var failures = 0;
        string? last = null;
        while (failures < FailuresWanted)
        {
            if (Stopwatch.GetElapsedTime(since) > Limit)
                throw new ConformanceException($"{what}: {last ?? "only failures, but too slowly"} (for {Limit.TotalSeconds} s)");
            last = await AttemptAsync(
                async token => await attempt(token) switch
                {
                    200 => throw new ConformanceException($"{what}: status 200, expected a failure each time"),
                    var status and (408 or 504) => $"status {status}, expected a failure that is no timeout",
                    _ => null,
                },
                cancellation);
            failures = last is null ? failures + 1 : 0;
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
        catch (Exception error) when (error is HttpRequestException or IOException or FormatException or AuthenticationException or WebSocketException)
        {
            return $"{error.Message}{(error.InnerException is { } inner ? $" ({inner.Message})" : "")}";
        }
    }
}
