using System.Buffers.Binary;
using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Http2;

/// <content>Frames of the connection itself, flow control, and what is counted against abuse.</content>
internal abstract unsafe partial class Http2Connection
{
    private const int PrioritySize = 5;

    /// <summary>What the peer has said about itself.</summary>
    protected PeerSettings Peer = new();

    /// <summary>What the peer may send on the whole connection.</summary>
    protected ReceiveWindow ReceiveWindow;

    /// <summary>Bytes that the peer may send on all streams together before they are asked for.</summary>
    protected virtual int ConnectionWindowBytes => Services.Limits.Http2ConnectionWindowBytes;

    /// <summary>What we may send on the whole connection.</summary>
    protected FlowWindow SendWindow = new(PeerSettings.DefaultWindow);

    /// <summary>The peer's first SETTINGS have come.</summary>
    protected bool HasSettings { get; private set; }

    /// <summary>The peer has taken note of our SETTINGS.</summary>
    protected bool SettingsAcknowledged { get; private set; }

    /// <summary>Whether a stream has not been opened yet.</summary>
    protected abstract bool IsIdleStream(int streamId);

    /// <summary>An answer to a PING of ours.</summary>
    protected virtual void OnPong(ReadOnlySpan<byte> opaque)
    {
    }

    /// <summary>The peer has begun to shut down.</summary>
    protected abstract void OnGoAway(int lastStreamId, Http2Error error);

    /// <summary>New settings are in force.</summary>
    protected virtual void OnSettings()
    {
    }

    /// <summary>Counts a frame that does nothing by itself; false when there were too many and the connection has ended.</summary>
    protected bool CountControl(Http2Fault kind)
    {
        if (Meter.TryCount(kind, Services.Limits, Worker.Now))
            return true;
        Fail(kind);
        return false;
    }

    private void ResetControl()
    {
        Peer = new PeerSettings();
        SendWindow = new FlowWindow(PeerSettings.DefaultWindow);
        ReceiveWindow = new ReceiveWindow(ConnectionWindowBytes);
        HasSettings = SettingsAcknowledged = false;
    }

    private void OnFrame(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        switch (header.Type)
        {
            case FrameType.Headers:
                Meter.Work();
                OnHeadersFrame(header, payload);
                break;
            case FrameType.Continuation:
                OnContinuation(header, payload);
                break;
            case FrameType.Priority:
                OnPriority(header, payload);
                break;
            case FrameType.RstStream:
                OnRstStream(header, payload);
                break;
            case FrameType.Settings:
                OnSettingsFrame(header, payload);
                break;
            case FrameType.PushPromise:
                // Clients never send it (RFC 9113 8.4), and servers not to us, who have said so.
                Fail(Http2Fault.Protocol);
                break;
            case FrameType.Ping:
                OnPing(header, payload);
                break;
            case FrameType.GoAway:
                OnGoAwayFrame(header, payload);
                break;
            case FrameType.WindowUpdate:
                OnWindowUpdate(header, payload);
                break;
            default:
                CountControl(Http2Fault.StrayFrameFlood);
                break;
        }
    }

    private void OnPriority(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.StreamId == 0)
            Fail(Http2Fault.Protocol);
        else if (payload.Length != PrioritySize)
            ResetOrIgnore(header.StreamId, Http2Fault.FrameSize);
        else if (Dependency(payload) == header.StreamId)
            ResetOrIgnore(header.StreamId, Http2Fault.Protocol);
        else
            CountControl(Http2Fault.PriorityFlood);
    }

    private static int Dependency(ReadOnlySpan<byte> payload) => (int)(BinaryPrimitives.ReadUInt32BigEndian(payload) & 0x7fff_ffff);

    private void OnRstStream(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (payload.Length != 4)
            Fail(Http2Fault.FrameSize);
        else if (header.StreamId == 0 || IsIdleStream(header.StreamId))
            Fail(Http2Fault.Protocol);
        else if (Streams.Find(header.StreamId) is { } stream)
            stream.OnReset((Http2Error)BinaryPrimitives.ReadUInt32BigEndian(payload));
        else
            CountControl(Http2Fault.StrayFrameFlood);
    }

    private void OnSettingsFrame(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.StreamId != 0)
        {
            Fail(Http2Fault.Protocol);
            return;
        }

        if (header.Has(FrameFlags.Ack))
        {
            if (payload.Length != 0)
                Fail(Http2Fault.FrameSize);
            else if (CountControl(Http2Fault.SettingsFlood))
                SettingsAcknowledged = true;
            return;
        }

        if (!CountControl(Http2Fault.SettingsFlood))
            return;
        var before = Peer.InitialWindowSize;
        if (!Peer.TryApply(payload, out var error))
        {
            Fail(error switch
            {
                Http2Error.FrameSizeError => Http2Fault.FrameSize,
                Http2Error.FlowControlError => Http2Fault.FlowControl,
                _ => Http2Fault.Protocol,
            });
            return;
        }

        HasSettings = true;
        if (Peer.InitialWindowSize != before)
        {
            for (var stream = Streams.First; stream is not null; stream = stream.Next)
            {
                if (stream.TryWiden(Peer.InitialWindowSize - before))
                    continue;
                Fail(Http2Fault.FlowControl);
                return;
            }

            IsDrainDue = true;
        }

        NoteTableSize();
        Commit(FrameWriter.SettingsAck(ReserveOutput(FrameHeader.Size)));
        OnSettings();
    }

    private void OnPing(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (payload.Length != 8)
            Fail(Http2Fault.FrameSize);
        else if (header.StreamId != 0)
            Fail(Http2Fault.Protocol);
        else if (!CountControl(Http2Fault.PingFlood))
            return;
        else if (header.Has(FrameFlags.Ack))
            OnPong(payload);
        else
            Commit(FrameWriter.Ping(ReserveOutput(FrameWriter.PingSize), FrameFlags.Ack, payload));
    }

    private void OnGoAwayFrame(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.StreamId != 0)
            Fail(Http2Fault.Protocol);
        else if (payload.Length < 8)
            Fail(Http2Fault.FrameSize);
        else if (CountControl(Http2Fault.SettingsFlood))
            OnGoAway((int)(BinaryPrimitives.ReadUInt32BigEndian(payload) & 0x7fff_ffff), (Http2Error)BinaryPrimitives.ReadUInt32BigEndian(payload[4..]));
    }

    private void OnWindowUpdate(in FrameHeader header, ReadOnlySpan<byte> payload)
    {
        if (payload.Length != 4)
        {
            Fail(Http2Fault.FrameSize);
            return;
        }

        var increment = (int)(BinaryPrimitives.ReadUInt32BigEndian(payload) & 0x7fff_ffff);
        if (header.StreamId == 0)
        {
            if (increment == 0)
                Fail(Http2Fault.Protocol);
            else if (!SendWindow.TryAdd(increment))
                Fail(Http2Fault.FlowControl);
            else if (CountControl(Http2Fault.WindowUpdateFlood))
                IsDrainDue = true;
            return;
        }

        if (IsIdleStream(header.StreamId))
        {
            Fail(Http2Fault.Protocol);
            return;
        }

        if (!CountControl(Http2Fault.WindowUpdateFlood) || Streams.Find(header.StreamId) is not { } stream)
            return;
        if (increment == 0)
            ResetStream(stream, Http2Fault.Protocol);
        else if (!stream.TryWiden(increment))
            ResetStream(stream, Http2Fault.FlowControl);
        else
            IsDrainDue |= stream.HasPending;
    }

    /// <summary>Returns bytes of the connection's window: what is held back is held back per stream.</summary>
    private void GiveBack(int bytes)
    {
        var increment = ReceiveWindow.Return(bytes);
        if (increment > 0)
            Commit(FrameWriter.WindowUpdate(ReserveOutput(FrameWriter.WindowUpdateSize), 0, increment));
    }

    private void ResetOrIgnore(int streamId, Http2Fault fault)
    {
        if (Streams.Find(streamId) is { } stream)
            ResetStream(stream, fault);
        else if (IsIdleStream(streamId))
            Fail(fault);
        else
            CountControl(Http2Fault.StrayFrameFlood);
    }

    /// <summary>A stream error (RFC 9113 5.4.2) on a stream that is open.</summary>
    public void ResetStream(Http2Stream stream, Http2Fault fault)
    {
        var id = stream.Id;
        stream.OnDropped();
        RefuseStream(id, fault);
    }

    /// <summary>A stream error on a stream that is not open, or not any more. The connection may be over when it returns.</summary>
    protected void RefuseStream(int streamId, Http2Fault fault)
    {
        Services.Metrics.CountStreamFault(fault);
        WriteReset(streamId, Http2Faults.Code(fault));
        if (fault <= Http2Fault.StreamClosed || (fault == Http2Fault.TooManyStreams && SettingsAcknowledged))
            CountControl(Http2Fault.ProvokedResets);
    }
}
