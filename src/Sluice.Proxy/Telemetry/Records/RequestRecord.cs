using System.Text;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Http;
using Sluice.Proxy.Routing;
using Sluice.Proxy.Telemetry.Tracing;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Telemetry.Records;

/// <summary>
/// What is remembered of one request, or of one relayed connection, for logs and spans. Of messages only those fields are copied that
/// somebody asks for. Belongs to one worker; reused.
/// </summary>
internal sealed class RequestRecord
{
    /// <summary>Bytes of one value; what is longer is cut.</summary>
    public const int MaxValueBytes = 4096;

    /// <summary>Bytes of all values of a request; what comes later is absent.</summary>
    public const int MaxBytes = 32 * 1024;

    private const int KeptBytes = 4096;
    private static readonly Slice Absent = new(-1, 0);

    private readonly CapturePlan _plan;
    private readonly Slice[] _request;
    private readonly Slice[] _response;
    private readonly Slice[] _trailers;
    private byte[] _bytes = new byte[1024];
    private int _used;

    public Slice Method;
    public Slice Authority;
    public Slice Path;
    public Slice ClientAddress;
    public Slice LocalAddress;
    public Slice TlsCipher;
    public Slice PeerSubject;
    public Slice ServerName;
    public Slice RequestIdField;

    /// <summary>The body that an answer of the proxy's own would have had.</summary>
    public Slice LocalReplyBody;

    public RequestRecord(CapturePlan plan)
    {
        _plan = plan;
        _request = new Slice[plan.Request.Count];
        _response = new Slice[plan.Response.Count];
        _trailers = new Slice[plan.Trailers.Count];
    }

    /// <summary>Wall clock at the beginning, in ticks of <see cref="DateTime"/>.</summary>
    public long StartTicks;

    /// <summary>Timestamps of <see cref="System.Diagnostics.Stopwatch"/>; 0: not yet.</summary>
    public long Started;
    public long RequestEnded;
    public long ResponseStarted;
    public long Ended;

    public HttpProtocol Protocol;
    public int StatusCode;
    public ResponseFlags Flags;
    public ResponseDetails Details;

    /// <summary>0 to 16, or -1.</summary>
    public int GrpcStatus;
    public bool IsGrpc;
    public bool IsSecure;

    /// <summary>It was for the path that a listener answers health checks on.</summary>
    public bool IsHealthCheck;

    /// <summary>A connection that was relayed, not a request.</summary>
    public bool IsRelay;
    public long BytesReceived;
    public long BytesSent;
    public int Attempts;
    public int ClientPort;
    public int TlsVersion;
    public ulong ConnectionId;
    public RequestId RequestId;
    public UpstreamFailure? Failure;

    /// <summary>Of the filter that answered; null: none did.</summary>
    public FilterDenial? Denial;
    public RuntimeListener? Listener;
    public RuntimeEntry? Entry;
    public RuntimeCluster? Cluster;
    public WorkerEndpoint? Endpoint;

    public TraceContext Trace;

    /// <summary>The span that the backend is told of.</summary>
    public ulong WireSpan;

    /// <summary>Attempts of a request that is sampled and has a span for each of them; in order, so far as there was room.</summary>
    public readonly AttemptList AttemptSpans = new();

    public CapturePlan Plan => _plan;

    public void Reset()
    {
        _used = 0;
        if (_bytes.Length > KeptBytes)
            _bytes = new byte[1024];
        Array.Fill(_request, Absent);
        Array.Fill(_response, Absent);
        Array.Fill(_trailers, Absent);
        Method = Authority = Path = ClientAddress = LocalAddress = TlsCipher = PeerSubject = ServerName = RequestIdField = LocalReplyBody = Absent;
        StartTicks = Started = RequestEnded = ResponseStarted = Ended = BytesReceived = BytesSent = 0;
        Protocol = HttpProtocol.None;
        StatusCode = Attempts = ClientPort = TlsVersion = 0;
        Flags = ResponseFlags.None;
        Details = ResponseDetails.None;
        GrpcStatus = -1;
        IsGrpc = IsSecure = IsRelay = IsHealthCheck = false;
        ConnectionId = 0;
        RequestId = default;
        Failure = null;
        Denial = null;
        Listener = null;
        Entry = null;
        Cluster = null;
        Endpoint = null;
        Trace = default;
        WireSpan = 0;
        AttemptSpans.Clear();
    }

    /// <summary>False when the value was not there.</summary>
    public bool TryGet(Slice slice, out ReadOnlySpan<byte> value)
    {
        value = slice.Offset < 0 ? default : _bytes.AsSpan(slice.Offset, slice.Length);
        return slice.Offset >= 0;
    }

    public Slice RequestField(int index) => _request[index];

    public Slice ResponseField(int index) => _response[index];

    public Slice TrailerField(int index) => _trailers[index];

    /// <summary>Copies what is needed of the request's head.</summary>
    public void Take(RequestHead head)
    {
        Method = Copy(head.Method, default);
        Authority = head.AuthoritySlice.Length == 0 ? Absent : Copy(head.Authority, default);
        Path = Copy(head.Path, head.Query);
        foreach (ref readonly var field in head.Fields)
        {
            if (field.Known != KnownField.XRequestId || field.ValueLength == 0)
                continue;
            RequestIdField = Copy(head.ValueOf(field), default);
            break;
        }

        var names = _plan.Request;
        for (var i = 0; i < names.Count; i++)
            _request[i] = Find(head, names[i]);
    }

    /// <summary>Copies what is needed of the response's head as the client gets it.</summary>
    public void Take(ResponseHead head, HeaderEdits edits)
    {
        var names = _plan.Response;
        for (var i = 0; i < names.Count; i++)
            _response[i] = Join(edits.IsEmpty || !edits.Removes(names[i]) ? Find(head, names[i]) : Absent, names[i], edits);
    }

    /// <summary>Copies what is needed of an answer of the proxy's own.</summary>
    public void Take(in LocalAnswer answer)
    {
        var names = _plan.Response;
        for (var i = 0; i < names.Count; i++)
        {
            var name = names[i].AsSpan();
            var value = name.SequenceEqual("content-type"u8) ? answer.ContentType : name.SequenceEqual("location"u8) ? answer.Location : default;
            var edits = answer.Edits ?? HeaderEdits.None;
            _response[i] = Join(value.Length > 0 ? Copy(value, default) : Absent, names[i], edits);
        }
    }

    public void TakeTrailers(FieldSection trailers)
    {
        var names = _plan.Trailers;
        for (var i = 0; i < names.Count; i++)
            _trailers[i] = Find(trailers, names[i]);
    }

    /// <summary>Copies two runs as one value.</summary>
    public Slice Copy(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        if (first.Length > MaxValueBytes)
            first = first[..MaxValueBytes];
        if (second.Length > MaxValueBytes - first.Length)
            second = second[..(MaxValueBytes - first.Length)];
        var length = first.Length + second.Length;
        if (_used + length > MaxBytes)
            return Absent;
        if (_used + length > _bytes.Length)
            Array.Resize(ref _bytes, Math.Min(MaxBytes, Math.Max(_used + length, 2 * _bytes.Length)));
        first.CopyTo(_bytes.AsSpan(_used));
        second.CopyTo(_bytes.AsSpan(_used + first.Length));
        var slice = new Slice(_used, length);
        _used += length;
        return slice;
    }

    /// <summary>The values of all fields of a name, as one list (RFC 9110 5.3).</summary>
    private Slice Find(FieldSection section, byte[] name)
    {
        var found = Absent;
        foreach (ref readonly var field in section.Fields)
        {
            if (field.NameLength == name.Length && Ascii.EqualsIgnoreCase(section.NameOf(field), name))
                found = Append(found, section.ValueOf(field));
        }

        return found;
    }

    private Slice Join(Slice value, byte[] name, HeaderEdits edits)
    {
        for (var i = 0; i < edits.AppendedCount; i++)
        {
            if (edits.AppendedLowerName(i).SequenceEqual(name))
                value = Append(value, edits.AppendedValue(i));
        }

        return value;
    }

    /// <summary>What was copied last can grow in its place.</summary>
    private Slice Append(Slice list, ReadOnlySpan<byte> value)
    {
        if (list.Offset < 0)
            return Copy(value, default);
        if (list.Length + 1 + value.Length > MaxValueBytes)
            return list;
        var separator = Copy(","u8, value);
        return separator.Offset < 0 ? list : new Slice(list.Offset, list.Length + separator.Length);
    }
}
