using System.Collections.Concurrent;
using System.Text;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Tests.Http2.Upstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Telemetry.Support;

/// <summary>A collector of OTLP, by gRPC over HTTP/2 with prior knowledge or by HTTP/1.1, that keeps what it gets.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly Http2Backend? _grpc;
    private readonly ScriptedBackend? _http;
    private readonly ConcurrentQueue<SpanSeen> _spans = new();
    private readonly ConcurrentQueue<Proto> _logs = new();
    private readonly ConcurrentQueue<string> _problems = new();
    private int _refusals;

    private OtlpCollector(OtlpProtocol protocol)
    {
        if (protocol == OtlpProtocol.Grpc)
            _grpc = Http2Backend.Answering(AnswerGrpcAsync);
        else
            _http = ScriptedBackend.Answering(AnswerHttp);
        Provider = new OtlpProvider { Protocol = protocol, Host = "127.0.0.1", Port = _grpc?.Endpoint.Port ?? _http!.Endpoint.Port };
    }

    public OtlpProvider Provider { get; }

    public IReadOnlyCollection<SpanSeen> Spans => _spans;

    /// <summary>LogRecords.</summary>
    public IReadOnlyCollection<Proto> Logs => _logs;

    /// <summary>Fields of the last request.</summary>
    public Func<string, string?> LastFields { get; private set; } = _ => null;

    /// <summary>Messages that came, those that were refused included.</summary>
    public int Messages => _messages;

    private int _messages;

    public static OtlpCollector Start(OtlpProtocol protocol = OtlpProtocol.Grpc) => new(protocol);

    /// <summary>The next messages are not taken, but might be later.</summary>
    public void RefuseNext(int messages) => _refusals = messages;

    public async Task<IReadOnlyList<SpanSeen>> SpansAsync(int count)
    {
        await Eventually.Holds(() => _spans.Count >= count, $"{count} spans at the collector");
        return [.. _spans];
    }

    public async Task<IReadOnlyList<Proto>> LogsAsync(int count)
    {
        await Eventually.Holds(() => _logs.Count >= count, $"{count} log records at the collector");
        return [.. _logs];
    }

    public async ValueTask DisposeAsync()
    {
        if (_grpc is not null)
            await _grpc.DisposeAsync();
        if (_http is not null)
            await _http.DisposeAsync();
        Assert.Empty(_problems);
    }

    private async Task AnswerGrpcAsync(Http2BackendConnection connection, Http2Request request)
    {
        LastFields = name => request[name];
        Check(request[":method"] == "POST" && request["content-type"] == "application/grpc" && request["te"] == "trailers", "head");
        var body = Encoding.Latin1.GetBytes(request.Body);
        Check(body[0] == 0 && body.Length - 5 == (body[1] << 24 | body[2] << 16 | body[3] << 8 | body[4]), "prefix");
        var isTaken = Take(request[":path"]!, body.AsSpan(5), "/opentelemetry.proto.collector.trace.v1.TraceService/Export", "/opentelemetry.proto.collector.logs.v1.LogsService/Export");
        if (!isTaken)
        {
            await connection.SendHeadersAsync(request.StreamId, true, (":status", "200"), ("content-type", "application/grpc"), ("grpc-status", "14"), ("grpc-message", "later"));
            return;
        }

        await connection.SendHeadersAsync(request.StreamId, false, (":status", "200"), ("content-type", "application/grpc"));
        await connection.SendDataAsync(request.StreamId, "\0\0\0\0\0", endStream: false);
        await connection.SendHeadersAsync(request.StreamId, true, ("grpc-status", "0"));
    }

    private string AnswerHttp(WireMessage request)
    {
        LastFields = name => request[name];
        Check(request["Content-Type"] == "application/x-protobuf", "content type");
        return Take(request.Target, Wire.Bytes(request.Body), "/v1/traces", "/v1/logs")
            ? "HTTP/1.1 200 OK\r\nContent-Type: application/x-protobuf\r\nContent-Length: 0\r\n\r\n"
            : "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    }

    private bool Take(string path, ReadOnlySpan<byte> message, string traces, string logs)
    {
        Interlocked.Increment(ref _messages);
        Check(path == traces || path == logs, path);
        if (Interlocked.Decrement(ref _refusals) >= 0)
            return false;
        foreach (var resource in new Proto(message).Messages(1))
        {
            var attributes = resource.Message(1).Attributes(1);
            foreach (var scope in resource.Messages(2))
            {
                Check(scope.Message(1).Text(1) == "sluice", "scope");
                foreach (var record in scope.Messages(2))
                {
                    if (path == traces)
                        _spans.Enqueue(new SpanSeen(record, attributes));
                    else
                        _logs.Enqueue(record);
                }
            }
        }

        return true;
    }

    private void Check(bool condition, string what)
    {
        if (!condition)
            _problems.Enqueue(what);
    }
}
