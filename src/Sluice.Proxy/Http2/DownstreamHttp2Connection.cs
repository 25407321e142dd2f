using Sluice.Configuration.Listeners;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Listeners;

namespace Sluice.Proxy.Http2;

/// <summary>
/// A client's connection over HTTP/2. This part: its life and opening streams; ending it is in
/// DownstreamHttp2Connection.Closing.cs, deadlines in DownstreamHttp2Connection.Timers.cs.
/// </summary>
internal sealed partial class DownstreamHttp2Connection(Worker worker, WorkerServices services) : Http2Connection(worker, services), IClientConnection
{
    private PortBinding _binding = null!;
    private RuntimeHttpSettings? _settings; // as they were when the connection began; null without any
    private int _requests;
    private ClientAddress _client;
    private int _highest;

    /// <summary>Streams by their distance from the highest, for the last 64: opened by the client; reset by us before its side ended.</summary>
    private ulong _opened;
    private ulong _reset;

    public ReadOnlySpan<byte> ClientAddress => _client.Text;

    public int ClientPort => _client.Port;

    public PortBinding Binding => _binding;

    public RuntimeHttpSettings? Settings => _settings;

    public int StreamWindowBytes => Window(_settings?.Source.Http2?.InitialStreamWindowSize, Services.Limits.Http2StreamWindowBytes);

    protected override int ConnectionWindowBytes => Window(_settings?.Source.Http2?.InitialConnectionWindowSize, Services.Limits.Http2ConnectionWindowBytes);

    private int MaxStreams => _settings?.Source.Http2?.MaxConcurrentStreams is > 0 and var streams ? streams : Services.Limits.Http2Streams;

    private long IdleTimeout => _settings is { IdleTimeout: > 0 } settings ? settings.IdleTimeout : Services.IdleTimeout;

    private static int Window(int? configured, int fallback) => configured is { } size ? Math.Max(size, Http2Settings.MinWindow) : fallback;

    public bool IsLocal => _binding.Handler is not null;

    protected override bool TakesFrames => _state == State.Open;

    /// <summary>Continues a connection whose first bytes were the client's preface; the bytes begin behind it.</summary>
    public unsafe void Continue(StreamConnection other, PortBinding binding, in ClientAddress client, byte* bytes, int length)
    {
        _binding = binding;
        _client = client;
        _settings = binding.Table?.HttpFor(other.Tls);
        _requests = 0;
        _highest = -1;
        _opened = _reset = 0;
        _state = State.Open;
        _lastServed = -1;
        ResetState();
        var deadline = other.Deadline;
        TakeOver(other);
        ResetTimers(deadline);
        Services.Metrics.Http2Connections++;
        WriteSettings();
        if (length > 0)
            ProcessFirst(bytes, length);
        if (IsOpen)
            OnReadable();
    }

    protected override bool IsIdleStream(int streamId) => (streamId & 1) == 0 || streamId > _highest;

    protected override void OnHeaders(int streamId, ReadOnlySpan<byte> block, bool endsStream)
    {
        if ((streamId & 1) == 0)
        {
            Fail(Http2Fault.Protocol);
        }
        else if (Streams.Find(streamId) is not null)
        {
            OnDataComing();
            if (Streams.Find(streamId) is { } stream)
                OnTrailers((DownstreamStream)stream, block, endsStream);
            else
                TrySkip(block);
        }
        else if (streamId > _highest)
        {
            OpenStream(streamId, block, endsStream);
        }
        else if (TrySkip(block))
        {
            if (WasOpened(streamId) || IsForgotten(streamId))
                OnStray(streamId, FrameType.Headers);
            else
                Fail(Http2Fault.Protocol);
        }
    }

    protected override bool OnStray(int streamId, FrameType type)
    {
        if (IsIdleStream(streamId))
            Fail(Http2Fault.Protocol);
        else if (Has(_reset, streamId))
            CountControl(Http2Fault.StrayFrameFlood);
        else if (IsForgotten(streamId))
            RefuseStream(streamId, Http2Fault.StreamClosed);
        else
            Fail(WasOpened(streamId) ? Http2Fault.StreamClosed : Http2Fault.Protocol);
        return IsOpen && _state == State.Open;
    }

    protected override void OnGoAway(int lastStreamId, Http2Error error) => _clientLeaves = true;

    /// <summary>The client has given a stream up.</summary>
    public void OnClientReset(DownstreamStream stream)
    {
        Services.Metrics.Http2ClientResets++;
        CountControl(Http2Fault.RapidReset);
    }

    /// <summary>A response has come to its end: the client has earned a reset.</summary>
    public void NoteServed() => Meter.Served();

    /// <summary>What is still on its way for this stream is no fault of the client's.</summary>
    public void NoteReset(int streamId)
    {
        var distance = (_highest - streamId) >> 1;
        if (distance < 64)
            _reset |= 1UL << distance;
    }

    public void WriteReset(int streamId) => WriteReset(streamId, Http2Error.NoError);

    public void Remove(DownstreamStream stream)
    {
        RemoveStream(stream);
        Services.Return(stream);
        if (Streams.Count == 0 && _state == State.Open)
            OnQuiet();
    }

    private void WriteSettings()
    {
        const int Count = 4;
        var limits = Services.Limits;
        var headBytes = _settings is null ? limits.HeadBytes : Math.Min(limits.HeadBytes, _settings.HeadBytes);
        var target = ReserveOutput(FrameHeader.Size + ((Count + 1) * PeerSettings.EntrySize) + FrameWriter.WindowUpdateSize);
        var length = FrameHeader.Size;
        length += FrameWriter.Setting(target[length..], SettingId.MaxConcurrentStreams, (uint)MaxStreams);
        length += FrameWriter.Setting(target[length..], SettingId.InitialWindowSize, (uint)StreamWindowBytes);
        length += FrameWriter.Setting(target[length..], SettingId.MaxHeaderListSize, (uint)headBytes);
        length += FrameWriter.Setting(target[length..], SettingId.EnableConnectProtocol, _settings is { Source.AllowWebSockets: false } ? 0u : 1u);
        new FrameHeader(length - FrameHeader.Size, FrameType.Settings, FrameFlags.None, 0).Write(target);
        var more = ConnectionWindowBytes - PeerSettings.DefaultWindow;
        if (more > 0)
            length += FrameWriter.WindowUpdate(target[length..], 0, more);
        Commit(length);
    }

    private void OpenStream(int streamId, ReadOnlySpan<byte> block, bool endsStream)
    {
        NoteOpened(streamId);
        if (_lastServed >= 0)
        {
            // The last GOAWAY was ahead of this request: the client sends it again elsewhere (RFC 9113 6.8).
            NoteReset(streamId);
            TrySkip(block);
            return;
        }

        if (Streams.Count >= MaxStreams)
        {
            NoteReset(streamId);
            if (TrySkip(block))
                RefuseStream(streamId, Http2Fault.TooManyStreams);
            return;
        }

        var reader = Services.RequestHeadReader;
        var begun = Services.BegunRequests;
        if (begun.IsFull || !reader.HasRoom)
            BeginRequests();
        var head = begun.NextHead;
        var status = reader.Read(Worker.Buffers, ref Decoder, block, head, endsStream);
        switch (status)
        {
            case HeadStatus.Undecodable:
                Fail(Http2Fault.Compression);
                return;
            case HeadStatus.Malformed:
                Services.Metrics.CountRefused(reader.Error);
                NoteReset(streamId);
                RefuseStream(streamId, Http2Fault.Protocol);
                return;
        }

        if (!Services.IsDraining && _binding.IsServed && (_settings is null || ++_requests < _settings.MaxRequests))
            _everServed = true;
        else
            BeginDrain();
        Services.Metrics.Http2Requests++;
        var stream = Services.RentStream();
        stream.Open(this, streamId, Peer.InitialWindowSize, endsStream);
        Streams.Add(stream);
        if (status == HeadStatus.Refused || (_settings is not null && reader.ListSize > _settings.HeadBytes))
        {
            stream.Refuse(status == HeadStatus.Refused ? reader.Error : HttpError.HeadTooLong);
            return;
        }

        reader.Keep();
        begun.Add(stream);
    }

    protected override void OnDataComing() => BeginRequests();

    protected override void AfterFrames() => BeginRequests();

    private void BeginRequests()
    {
        if (Services.BegunRequests.Count == 0)
            return;
        Services.BegunRequests.Begin();
        Services.RequestHeadReader.DropKept();
    }

    private void OnTrailers(DownstreamStream stream, ReadOnlySpan<byte> block, bool endsStream)
    {
        if (stream.HasReceivedAll)
        {
            if (TrySkip(block))
                ResetStream(stream, Http2Fault.StreamClosed);
            return;
        }

        var reader = Services.RequestHeadReader;
        var trailers = Services.Trailers;
        var status = reader.ReadTrailers(Worker.Buffers, ref Decoder, block, trailers);
        if (status == HeadStatus.Undecodable)
        {
            Fail(Http2Fault.Compression);
        }
        else if (status == HeadStatus.Malformed || !endsStream)
        {
            Services.Metrics.CountRefused(endsStream ? reader.Error : HttpError.Trailer);
            ResetStream(stream, Http2Fault.Protocol);
        }
        else
        {
            stream.OnTrailers(trailers);
        }
    }

    private bool TrySkip(ReadOnlySpan<byte> block)
    {
        if (Services.RequestHeadReader.TrySkip(Worker.Buffers, ref Decoder, block))
            return true;
        Fail(Http2Fault.Compression);
        return false;
    }

    private void NoteOpened(int streamId)
    {
        var shift = (streamId - _highest) >> 1;
        _opened = shift < 64 ? (_opened << shift) | 1 : 1;
        _reset = shift < 64 ? _reset << shift : 0;
        _highest = streamId;
    }

    private bool WasOpened(int streamId) => Has(_opened, streamId);

    /// <summary>Too long ago to say whether it was ever opened.</summary>
    private bool IsForgotten(int streamId) => (_highest - streamId) >> 1 >= 64;

    private bool Has(ulong set, int streamId)
    {
        var distance = (_highest - streamId) >> 1;
        return distance < 64 && (set >> distance & 1) != 0;
    }
}
