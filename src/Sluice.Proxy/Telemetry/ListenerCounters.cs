using Sluice.Proxy.Grpc;

namespace Sluice.Proxy.Telemetry;

/// <summary>What one worker counts of one listener.</summary>
internal sealed class ListenerCounters
{
    public RequestCounters Requests { get; } = new();

    /// <summary>Responses to requests of gRPC by their status, then other statuses, then none; null before the first.</summary>
    public long[]? GrpcStatuses { get; private set; }

    /// <summary>Connections that are relayed as they are; null before the first.</summary>
    public StreamCounters? StreamsOrNull { get; private set; }

    public StreamCounters Streams => StreamsOrNull ??= new StreamCounters();

    /// <summary>Datagrams; null before the first.</summary>
    public DatagramCounters? DatagramsOrNull { get; private set; }

    public DatagramCounters Datagrams => DatagramsOrNull ??= new DatagramCounters();

    public void CountGrpc(int status) => (GrpcStatuses ??= new long[GrpcStatus.Missing + 1])[status]++;

    public void Add(ListenerCounters other)
    {
        Requests.Add(other.Requests);
        for (var i = 0; i < (other.GrpcStatuses?.Length ?? 0); i++)
            (GrpcStatuses ??= new long[GrpcStatus.Missing + 1])[i] += other.GrpcStatuses![i];
        if (other.StreamsOrNull is { } streams)
            Streams.Add(streams);
        if (other.DatagramsOrNull is { } datagrams)
            Datagrams.Add(datagrams);
    }
}
