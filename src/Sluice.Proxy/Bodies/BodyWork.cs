using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Bodies.Compression;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Bodies;

/// <summary>
/// What an exchange needs whose rule has <see cref="BodyRules"/>: copies of its heads, the body that is collected, filters under way. Its
/// timer makes what an encoder holds available when no more comes. Belongs to one worker; reused on a later turn.
/// </summary>
internal sealed class BodyWork : TimerNode
{
    /// <summary>Milliseconds that an encoder may keep what it was given.</summary>
    private const int FlushDelay = 16;

    private const int OutputBytes = 32 * 1024;

    private readonly Worker _worker;
    private readonly BodyBudget _budget;
    private readonly Dictionary<string, byte[]> _randoms = [];
    private unsafe byte* _output;
    private ByteQueue _pending;
    private Exchange? _exchange;
    private int _decoderBytes;
    private int _encoderBytes;

    public BodyWork(Worker worker, WorkerServices services)
    {
        _worker = worker;
        _budget = services.BodyBudget;
        // A message may get as many fields as it may come with.
        Request = new RequestDraft(2 * services.Limits.FieldCount);
        Response = new ResponseDraft(2 * services.Limits.FieldCount);
        Trailers = new TrailerDraft(services.Limits.FieldCount);
        Body = new HeldBody(worker.Buffers, _budget);
    }

    public RequestDraft Request { get; }

    public ResponseDraft Response { get; }

    /// <summary>Of the request, while something of its body waits.</summary>
    public TrailerDraft Trailers { get; }

    /// <summary>That of the request until it is forwarded, then that of the response.</summary>
    public HeldBody Body { get; }

    public BodyRules Rules { get; private set; } = null!;

    public RuntimeEntry Entry { get; private set; } = null!;

    public PortTable Table { get; private set; } = null!;

    /// <summary>The client's connection has TLS.</summary>
    public bool IsSecure { get; private set; }

    /// <summary>Decompresses the request; null: nothing does.</summary>
    public IBodyFilter? RequestFilter { get; private set; }

    /// <summary>Compresses the response; null: nothing does.</summary>
    public IBodyFilter? ResponseFilter { get; private set; }

    /// <summary>The request's body is taken in before anything is forwarded.</summary>
    public bool IsCollecting { get; set; }

    /// <summary>The response's body is taken in before the client gets anything.</summary>
    public bool IsHolding { get; set; }

    /// <summary>The response has got a status that allows no body: what the backend sends of it is thrown away.</summary>
    public bool IsDropping { get; set; }

    /// <summary>The client has said all; something of it waits here.</summary>
    public bool HasRequestEnded { get; set; }

    public bool HasTrailers { get; set; }

    /// <summary>Body bytes of the request go through here.</summary>
    public bool TakesRequest => IsCollecting || RequestFilter is not null;

    /// <summary>Body bytes of the response go through here.</summary>
    public bool TakesResponse => IsHolding || IsDropping || ResponseFilter is not null;

    /// <summary>Octets of a request that was collected, all of which are kept for retries.</summary>
    public int CollectedBytes { get; set; }

    /// <summary>What the client takes of the rule's codings.</summary>
    public ContentCoding? Coding { get; set; }

    /// <summary>Entries of dynamic metadata; null: none.</summary>
    public Dictionary<string, byte[]>? Metadata { get; private set; }

    /// <summary>Compressed octets of the request that wait for the backend.</summary>
    public ReadOnlySpan<byte> Pending => _pending.Bytes;

    /// <summary>Where filters write.</summary>
    public unsafe Span<byte> Output
    {
        get
        {
            if (_output == null)
                _output = _worker.Buffers.Rent(OutputBytes);
            return new Span<byte>(_output, OutputBytes);
        }
    }

    public void Begin(Exchange exchange, RuntimeEntry entry, PortTable table, bool isSecure)
    {
        _exchange = exchange;
        Rules = entry.Rule.Bodies!;
        Entry = entry;
        Table = table;
        IsSecure = isSecure;
    }

    /// <summary>False when there are too many decoders at this time.</summary>
    public bool TryDecompress(ContentCoding coding, DecompressionRule rule)
    {
        if (!_budget.TryTakeCoder(Compressor.DecoderBytes(coding)))
            return false;
        _decoderBytes = Compressor.DecoderBytes(coding);
        RequestFilter = Compressor.Create(coding, rule);
        return true;
    }

    /// <summary>False when there are too many encoders at this time.</summary>
    public bool TryCompress(ContentCoding coding)
    {
        if (!_budget.TryTakeCoder(Compressor.EncoderBytes(coding)))
            return false;
        _encoderBytes = Compressor.EncoderBytes(coding);
        ResponseFilter = Compressor.Create(coding);
        return true;
    }

    public void AddPending(ReadOnlySpan<byte> data) => _pending.Append(_worker.Buffers, data);

    public void DropPending(int bytes)
    {
        if (bytes > 0)
            _pending.Consume(_worker.Buffers, bytes);
    }

    /// <summary>Something was given to the encoder: it is made available soon.</summary>
    public void NoteUnflushed()
    {
        if (Slot < 0)
            _worker.Timers.Schedule(this, _worker.Now + FlushDelay);
    }

    /// <summary>The request is decompressed to its end.</summary>
    public void EndRequestFilter()
    {
        if (RequestFilter is null)
            return;
        RequestFilter.Dispose();
        RequestFilter = null;
        _budget.GiveBackCoder(_decoderBytes);
    }

    public void EndResponseFilter()
    {
        _worker.Timers.Cancel(this);
        if (ResponseFilter is null)
            return;
        ResponseFilter.Dispose();
        ResponseFilter = null;
        _budget.GiveBackCoder(_encoderBytes);
    }

    public void AddMetadata(string ns, string key, byte[] value) => (Metadata ??= [])[$"{ns}:{key}"] = value;

    /// <summary>Says in the access log, as %DYNAMIC_METADATA(transformation:error)%, why a transformation failed. Not for clients.</summary>
    public void NoteError(string reason) => AddMetadata("transformation", "error", Encoding.UTF8.GetBytes(reason));

    /// <summary>32 digits that stand for a text throughout the request.</summary>
    public byte[] RandomFor(ReadOnlySpan<byte> pattern)
    {
        var key = Encoding.UTF8.GetString(pattern);
        if (!_randoms.TryGetValue(key, out var random))
            _randoms[key] = random = Encoding.ASCII.GetBytes($"{_worker.Random.Next64():x16}{_worker.Random.Next64():x16}");
        return random;
    }

    /// <summary>The exchange is over.</summary>
    public unsafe void End()
    {
        EndRequestFilter();
        EndResponseFilter();
        Body.Clear();
        _pending.Clear(_worker.Buffers);
        if (_output != null)
            _worker.Buffers.Return(_output, OutputBytes);
        _output = null;
        Request.Forget();
        Response.Forget();
        Trailers.Forget();
        _randoms.Clear();
        _exchange = null;
        Rules = null!;
        Entry = null!;
        Table = null!;
        IsCollecting = IsHolding = IsDropping = HasRequestEnded = HasTrailers = false;
        CollectedBytes = 0;
        Coding = null;
        Metadata = null;
    }

    internal override void OnTimer() => _exchange?.FlushResponse();
}
