using System.Buffers.Binary;

namespace Sluice.Proxy.Http2.Frames;

/// <summary>What the other side has said about itself, in force when read (RFC 9113 6.5).</summary>
internal struct PeerSettings()
{
    /// <summary>Bytes of one parameter in a SETTINGS frame.</summary>
    public const int EntrySize = 6;

    public const int DefaultWindow = 65_535;
    public const int DefaultTableSize = 4096;

    public uint HeaderTableSize = DefaultTableSize;

    /// <summary>Until the peer has said something, as many as one likes.</summary>
    public uint MaxConcurrentStreams = uint.MaxValue;

    public int InitialWindowSize = DefaultWindow;
    public int MaxFrameSize = FrameHeader.DefaultMaxLength;

    /// <summary>Advisory (RFC 9113 6.5.2).</summary>
    public uint MaxHeaderListSize = uint.MaxValue;

    public bool EnablePush = true;

    /// <summary>Extended CONNECT may be used (RFC 8441 3).</summary>
    public bool EnableConnectProtocol;

    /// <summary>Takes over the parameters of a SETTINGS frame in their order; on failure says which error the connection ends with.</summary>
    public bool TryApply(ReadOnlySpan<byte> payload, out Http2Error error)
    {
        error = Http2Error.FrameSizeError;
        if (payload.Length % EntrySize != 0)
            return false;
        for (; payload.Length > 0; payload = payload[EntrySize..])
        {
            var value = BinaryPrimitives.ReadUInt32BigEndian(payload[2..]);
            error = Apply((SettingId)BinaryPrimitives.ReadUInt16BigEndian(payload), value);
            if (error != Http2Error.NoError)
                return false;
        }

        error = Http2Error.NoError;
        return true;
    }

    private Http2Error Apply(SettingId id, uint value)
    {
        switch (id)
        {
            case SettingId.HeaderTableSize:
                HeaderTableSize = value;
                break;
            case SettingId.EnablePush when value <= 1:
                EnablePush = value == 1;
                break;
            case SettingId.MaxConcurrentStreams:
                MaxConcurrentStreams = value;
                break;
            case SettingId.InitialWindowSize:
                if (value > FlowWindow.Max)
                    return Http2Error.FlowControlError;
                InitialWindowSize = (int)value;
                break;
            case SettingId.MaxFrameSize when value is >= FrameHeader.DefaultMaxLength and < 1 << 24:
                MaxFrameSize = (int)value;
                break;
            case SettingId.MaxHeaderListSize:
                MaxHeaderListSize = value;
                break;

            // Once said, it may not be taken back (RFC 8441 3).
            case SettingId.EnableConnectProtocol when value <= 1 && (value == 1 || !EnableConnectProtocol):
                EnableConnectProtocol = value == 1;
                break;
            case SettingId.EnablePush or SettingId.MaxFrameSize or SettingId.EnableConnectProtocol:
                return Http2Error.ProtocolError;
        }

        return Http2Error.NoError;
    }
}
