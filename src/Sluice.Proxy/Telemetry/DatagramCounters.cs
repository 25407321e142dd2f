using Sluice.Proxy.Layer4.Udp;

namespace Sluice.Proxy.Telemetry;

/// <summary>Datagrams and sessions of one listener on one worker.</summary>
internal sealed class DatagramCounters
{
    /// <summary>By <see cref="DatagramDrop"/>.</summary>
    public readonly long[] Drops = new long[Enum.GetValues<DatagramDrop>().Length];

    public long SessionsBegun;
    public long SessionsEnded;

    /// <summary>Of those that ended: silent for the longest when there was no room for another.</summary>
    public long SessionsEvicted;

    /// <summary>Datagrams of clients that went to a backend, and their bytes.</summary>
    public long Received;
    public long ReceivedBytes;

    /// <summary>Datagrams of backends that went to a client, and their bytes.</summary>
    public long Sent;
    public long SentBytes;

    public void Drop(DatagramDrop reason, int count) => Drops[(int)reason] += count;

    public void Add(DatagramCounters other)
    {
        SessionsBegun += other.SessionsBegun;
        SessionsEnded += other.SessionsEnded;
        SessionsEvicted += other.SessionsEvicted;
        Received += other.Received;
        ReceivedBytes += other.ReceivedBytes;
        Sent += other.Sent;
        SentBytes += other.SentBytes;
        for (var i = 0; i < Drops.Length; i++)
            Drops[i] += other.Drops[i];
    }
}
