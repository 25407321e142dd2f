using System.Diagnostics;
using Sluice.Proxy.Grpc;

namespace Sluice.Proxy.Telemetry;

/// <summary>Requests of one listener on one worker, by class of the response, with their time to the response's head.</summary>
internal sealed class ListenerCounters
{
    /// <summary>Upper bounds of the histogram, in seconds.</summary>
    public static readonly double[] Bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly long[] BoundTicks = [.. Bounds.Select(bound => (long)(bound * Stopwatch.Frequency))];

    /// <summary>Index 0 stands for 1xx, 4 for 5xx.</summary>
    public readonly long[] Classes = new long[5];

    /// <summary>Not cumulative; the last is for everything above the bounds.</summary>
    public readonly long[] Buckets = new long[Bounds.Length + 1];

    public long DurationTicks;

    /// <summary>Responses to requests of gRPC by their status, then other statuses, then none; null before the first.</summary>
    public long[]? GrpcStatuses { get; private set; }

    /// <summary>Connections that are relayed as they are; null before the first.</summary>
    public StreamCounters? StreamsOrNull { get; private set; }

    public StreamCounters Streams => StreamsOrNull ??= new StreamCounters();

    /// <summary>Datagrams; null before the first.</summary>
    public DatagramCounters? DatagramsOrNull { get; private set; }

    public DatagramCounters Datagrams => DatagramsOrNull ??= new DatagramCounters();

    public void CountGrpc(int status) => (GrpcStatuses ??= new long[GrpcStatus.Missing + 1])[status]++;

    public void Count(int statusCode, long ticks)
    {
        Classes[Math.Clamp((statusCode / 100) - 1, 0, 4)]++;
        DurationTicks += ticks;
        var bucket = 0;
        while (bucket < BoundTicks.Length && ticks > BoundTicks[bucket])
            bucket++;
        Buckets[bucket]++;
    }

    public void Add(ListenerCounters other)
    {
        for (var i = 0; i < Classes.Length; i++)
            Classes[i] += other.Classes[i];
        for (var i = 0; i < Buckets.Length; i++)
            Buckets[i] += other.Buckets[i];
        for (var i = 0; i < (other.GrpcStatuses?.Length ?? 0); i++)
            (GrpcStatuses ??= new long[GrpcStatus.Missing + 1])[i] += other.GrpcStatuses![i];
        DurationTicks += other.DurationTicks;
        if (other.StreamsOrNull is { } streams)
            Streams.Add(streams);
        if (other.DatagramsOrNull is { } datagrams)
            Datagrams.Add(datagrams);
    }
}
