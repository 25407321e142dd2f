using System.Diagnostics;
using Sluice.Proxy.Exchanges;

namespace Sluice.Proxy.Telemetry;

/// <summary>Requests of one listener, or of one rule at one listener, on one worker: written by it, read by whoever sums them up.</summary>
internal sealed class RequestCounters
{
    /// <summary>
    /// Upper bounds of the histogram in milliseconds. They are Envoy's, so that the histogram in seconds and the one under Envoy's name
    /// are the same counters.
    /// </summary>
    public static readonly double[] Bounds = [0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000];

    private static readonly long[] BoundTicks = [.. Bounds.Select(bound => (long)(bound * Stopwatch.Frequency / 1_000))];

    /// <summary>Responses by class of the status code: index 0 stands for 1xx, 4 for 5xx.</summary>
    public readonly long[] Classes = new long[5];

    /// <summary>Ended exchanges by duration. Not cumulative; the last is for everything above the bounds.</summary>
    public readonly long[] Buckets = new long[Bounds.Length + 1];

    /// <summary>By <see cref="ExchangeEnd"/>, without <see cref="ExchangeEnd.Response"/>; null before the first.</summary>
    public long[]? Ends;

    public long Begun;
    public long Ended;
    public long DurationTicks;

    /// <summary>Bytes of bodies, and of tunnels, that came from clients.</summary>
    public long ReceivedBytes;

    /// <summary>Bytes of bodies, and of tunnels, for clients.</summary>
    public long SentBytes;

    /// <summary>Attempts after the first that the rule's policy made.</summary>
    public long Retries;

    /// <summary>Exchanges that have begun and not ended. Of a sum that was taken while workers went on it may be a few off, but never below zero.</summary>
    public long Active => Math.Max(0, Begun - Ended);

    /// <summary>Sum of all durations.</summary>
    public double Milliseconds => DurationTicks * 1_000.0 / Stopwatch.Frequency;

    /// <summary>The place of a duration in <see cref="Buckets"/>.</summary>
    public static int BucketOf(long ticks)
    {
        var bucket = 0;
        while (bucket < BoundTicks.Length && ticks > BoundTicks[bucket])
            bucket++;
        return bucket;
    }

    public void CountResponse(int statusCode) => Classes[Math.Clamp((statusCode / 100) - 1, 0, 4)]++;

    public void CountEnd(ExchangeEnd end, long ticks, int bucket)
    {
        Ended++;
        DurationTicks += ticks;
        Buckets[bucket]++;
        if (end != ExchangeEnd.Response)
            (Ends ??= new long[ExchangeEnds.Count])[(int)end]++;
    }

    public void Add(RequestCounters other)
    {
        // Ended before begun: what ends in between must not make the difference negative.
        Ended += Volatile.Read(ref other.Ended);
        Begun += Volatile.Read(ref other.Begun);
        DurationTicks += other.DurationTicks;
        ReceivedBytes += other.ReceivedBytes;
        SentBytes += other.SentBytes;
        Retries += other.Retries;
        for (var i = 0; i < Classes.Length; i++)
            Classes[i] += other.Classes[i];
        for (var i = 0; i < Buckets.Length; i++)
            Buckets[i] += other.Buckets[i];
        for (var i = 0; i < (other.Ends?.Length ?? 0); i++)
            (Ends ??= new long[ExchangeEnds.Count])[i] += other.Ends![i];
    }
}
