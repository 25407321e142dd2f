using Sluice.Proxy.Layer4;

namespace Sluice.Proxy.Telemetry;

/// <summary>Relayed connections of one listener on one worker.</summary>
internal sealed class StreamCounters
{
    /// <summary>By <see cref="RelayEnd"/>.</summary>
    public readonly long[] Ends = new long[Enum.GetValues<RelayEnd>().Length];

    public long Begun;

    /// <summary>Bytes that clients sent.</summary>
    public long Received;

    /// <summary>Bytes for clients.</summary>
    public long Sent;

    public void Add(StreamCounters other)
    {
        Begun += other.Begun;
        Received += other.Received;
        Sent += other.Sent;
        for (var i = 0; i < Ends.Length; i++)
            Ends[i] += other.Ends[i];
    }
}
