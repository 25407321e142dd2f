using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http2.Frames;

namespace Sluice.Proxy.Http2.Upstream;

/// <content>What we say first, and what the backend says.</content>
internal sealed unsafe partial class UpstreamHttp2Connection
{
    /// <summary>The backend takes extended CONNECT (RFC 8441 3); null while it has not said anything.</summary>
    public bool? AllowsTunnels => HasSettings ? Peer.EnableConnectProtocol : null;

    /// <summary>What a new stream may send.</summary>
    public int PeerWindow => Peer.InitialWindowSize;

    protected override bool TakesFrames => true;

    /// <summary>While frames are looked at, clients may read: see <see cref="UpstreamHttp2Shared"/>.</summary>
    protected override byte* InputBuffer => Services.UpstreamHttp2.Input;

    private void WritePreface()
    {
        const int Settings = 3;
        var limits = Services.Limits;
        var target = ReserveOutput(ConnectionPreface.Length + FrameHeader.Size + (Settings * PeerSettings.EntrySize) + FrameWriter.WindowUpdateSize);
        ConnectionPreface.Bytes.CopyTo(target);
        var length = ConnectionPreface.Length;
        new FrameHeader(Settings * PeerSettings.EntrySize, FrameType.Settings, FrameFlags.None, 0).Write(target[length..]);
        length += FrameHeader.Size;
        length += FrameWriter.Setting(target[length..], SettingId.EnablePush, 0);
        length += FrameWriter.Setting(target[length..], SettingId.InitialWindowSize, (uint)limits.Http2StreamWindowBytes);
        length += FrameWriter.Setting(target[length..], SettingId.MaxHeaderListSize, (uint)limits.HeadBytes);
        var more = limits.Http2ConnectionWindowBytes - PeerSettings.DefaultWindow;
        if (more > 0)
            length += FrameWriter.WindowUpdate(target[length..], 0, more);
        Commit(length);
    }

    /// <summary>Only we open streams: the backend was told not to push.</summary>
    protected override bool IsIdleStream(int streamId) => (streamId & 1) == 0 || streamId >= _nextId;

    /// <summary>Frames may be on their way for streams that we have reset, or whose answer ended before (RFC 9113 5.1).</summary>
    protected override bool OnStray(int streamId, FrameType type)
    {
        if (IsIdleStream(streamId))
            Fail(Http2Fault.Protocol);
        else
            CountControl(Http2Fault.StrayFrameFlood);
        return IsOpen;
    }

    protected override void OnHeaders(int streamId, ReadOnlySpan<byte> block, bool endsStream)
    {
        var reader = Services.UpstreamHttp2.Reader;
        if (IsIdleStream(streamId))
        {
            Fail(Http2Fault.Protocol);
            return;
        }

        if (Streams.Find(streamId) is not UpstreamHttp2Stream stream)
        {
            if (!reader.TrySkip(Worker.Buffers, ref Decoder, block))
                Fail(Http2Fault.Compression);
            else
                OnStray(streamId, FrameType.Headers);
            return;
        }

        var isTrailers = stream.InBody;
        var status = isTrailers
            ? reader.ReadTrailers(Worker.Buffers, ref Decoder, block, Services.Trailers)
            : reader.Read(Worker.Buffers, ref Decoder, block, Services.ResponseHead);
        if (status == HeadStatus.Undecodable)
            Fail(Http2Fault.Compression);
        else if (status != HeadStatus.Complete)
            stream.Refuse(reader.Error);
        else if (isTrailers)
            stream.OnTrailers(Services.Trailers, endsStream);
        else
            stream.OnHead(Services.ResponseHead, reader, endsStream);
    }

    protected override void OnSettings()
    {
        // Those that are sent now leave the list.
        for (var i = _held.Count - 1; i >= 0; i--)
            _held[i].OnPeerSettings();
    }

    /// <summary>No more requests; those above the last number were not looked at and may go elsewhere (RFC 9113 6.8).</summary>
    protected override void OnGoAway(int lastStreamId, Http2Error error)
    {
        Drain();
        while (IsOpen && FirstAbove(lastStreamId) is { } stream)
            stream.Fail(UpstreamFailure.Reset, RequestFate.Unprocessed, Http2Error.NoError);
        while (IsOpen && _held.Count > 0)
            _held[^1].Fail(UpstreamFailure.Reset, RequestFate.Unprocessed, Http2Error.NoError);
    }

    private UpstreamHttp2Stream? FirstAbove(int id)
    {
        for (var stream = Streams.First; stream is not null; stream = stream.Next)
        {
            if (stream.Id > id)
                return (UpstreamHttp2Stream)stream;
        }

        return null;
    }
}
