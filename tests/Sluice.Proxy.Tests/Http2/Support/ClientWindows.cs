using System.Buffers.Binary;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Support;

/// <summary>
/// Flow control as a client sees it (RFC 9113 6.9): what the server may still send, which is an error when it sends more, and
/// what the client may send. A smaller initial window counts against the server only once it has acknowledged it.
/// </summary>
internal sealed class ClientWindows
{
    private const int Default = 65_535;

    private readonly Queue<uint?> _unacknowledged = new();
    private readonly Dictionary<int, long> _balance = [];
    private readonly Dictionary<int, long> _sent = [];
    private readonly Dictionary<int, long> _granted = [];
    private long _initial = Default;

    /// <summary>Frames were sent that were not noted: nothing is an error any more.</summary>
    public bool AreUnknown { get; set; }

    public int ServerInitial { get; set; } = Default;

    /// <summary>Octets of DATA that the server takes on that stream now.</summary>
    public int Sendable(int stream) =>
        (int)Math.Min(int.MaxValue, Math.Min(Default + Of(_granted, 0) - Of(_sent, 0), ServerInitial + Of(_granted, stream) - Of(_sent, stream)));

    /// <summary>Notes what frames of the client mean for the windows.</summary>
    public void Sent(Frame frame)
    {
        switch (frame)
        {
            case { Type: FrameType.WindowUpdate, Payload.Length: 4 }:
                Add(_balance, frame.StreamId, BinaryPrimitives.ReadUInt32BigEndian(frame.Payload) & 0x7fff_ffff);
                break;
            case { Type: FrameType.Settings, IsAck: false }:
                var initial = InitialWindow(frame.Payload);
                _unacknowledged.Enqueue(initial);
                _initial = Math.Max(_initial, initial ?? 0);
                break;
            case { Type: FrameType.Data }:
                Add(_sent, 0, frame.Payload.Length);
                Add(_sent, frame.StreamId, frame.Payload.Length);
                break;
        }
    }

    public void Acknowledged()
    {
        if (!_unacknowledged.TryDequeue(out var initial) && !AreUnknown)
            throw new WireFormatException("SETTINGS acknowledged that were never sent");
        if (initial is not null)
            _initial = _unacknowledged.Aggregate(initial.Value, (most, other) => Math.Max(most, other ?? 0));
    }

    public void Received(Frame frame)
    {
        if (frame.Payload.Length == 0 || AreUnknown)
            return;
        if (Default + Of(_balance, 0) < frame.Payload.Length || _initial + Of(_balance, frame.StreamId) < frame.Payload.Length)
            throw new WireFormatException($"more than the windows allow: {frame}");
        Add(_balance, 0, -frame.Payload.Length);
        Add(_balance, frame.StreamId, -frame.Payload.Length);
    }

    public void Granted(int stream, int increment) => Add(_granted, stream, increment);

    private static uint? InitialWindow(ReadOnlySpan<byte> payload)
    {
        uint? value = null;
        for (; payload.Length >= 6; payload = payload[6..])
        {
            if (BinaryPrimitives.ReadUInt16BigEndian(payload) == (ushort)SettingId.InitialWindowSize)
                value = BinaryPrimitives.ReadUInt32BigEndian(payload[2..]);
        }
        return value;
    }

    private static long Of(Dictionary<int, long> balances, int stream) => balances.GetValueOrDefault(stream);

    private static void Add(Dictionary<int, long> balances, int stream, long amount) => balances[stream] = Of(balances, stream) + amount;
}
