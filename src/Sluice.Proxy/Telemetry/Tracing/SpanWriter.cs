using System.Buffers.Text;
using System.Diagnostics;
using System.Text;
using Sluice.Configuration.Telemetry;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Telemetry.Logs;
using Sluice.Proxy.Telemetry.Otlp;
using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Tracing;

/// <summary>
/// Writes spans as OTLP has them (trace.proto, Span), each as a field of ScopeSpans, so that those of many requests stand one behind
/// the other. Attributes follow the semantic conventions for HTTP, version 1.23 and later.
/// </summary>
internal sealed class SpanWriter(RuntimeTracing tracing, string gateway)
{
    private const int SpanField = 2;
    private const int Server = 2;
    private const int Client = 3;
    private const int ErrorStatus = 2;

    private static readonly string[] KnownMethods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"];
    private static readonly byte[][] Methods = [.. KnownMethods.Select(Encoding.ASCII.GetBytes)];

    private readonly byte[] _gateway = Encoding.UTF8.GetBytes(gateway);
    private readonly OperatorValues _values = new(gateway);

    /// <summary>The span of a request with those of its attempts.</summary>
    public void Write(ref ProtobufWriter writer, RequestRecord record)
    {
        WriteServer(ref writer, record);
        foreach (ref readonly var attempt in record.AttemptSpans.Items)
            WriteAttempt(ref writer, record, attempt);
    }

    private void WriteServer(ref ProtobufWriter writer, RequestRecord record)
    {
        var span = writer.Begin(SpanField);
        record.TryGet(record.Method, out var method);
        var known = Known(method);
        WriteHead(ref writer, record, record.Trace.Span, record.Trace.ParentSpan, Server, record.Started, record.Ended);
        var name = writer.Begin(5);
        writer.Raw(known.Length == 0 ? "HTTP"u8 : known);
        if (record.Entry is { } entry && entry.TemplateBytes is { Length: > 0 } template)
        {
            writer.Raw(" "u8);
            writer.Raw(template);
        }

        writer.End(name);
        WriteRequest(ref writer, record, method, known);
        WriteResponse(ref writer, record);
        WriteOwn(ref writer, record);
        if (record.StatusCode is >= 500 or 0)
            WriteError(ref writer, ResponseDetailsText.Of(record));
        writer.End(span);
    }

    private static void WriteHead(ref ProtobufWriter writer, RequestRecord record, ulong id, ulong parent, int kind, long started, long ended)
    {
        Span<byte> octets = stackalloc byte[16];
        record.Trace.CopyTraceId(octets);
        writer.Bytes(1, octets);
        writer.BigEndian(2, id);
        if (parent != 0)
            writer.BigEndian(4, parent);
        writer.Number(6, kind);
        writer.Fixed64(7, Nanoseconds(record, started));
        writer.Fixed64(8, Nanoseconds(record, ended));

        // Flags: sampled, and whether the parent is in another process (bits 8 and 9).
        writer.Fixed32(16, 1u | 0x100u | (kind == Server && parent != 0 ? 0x200u : 0));
    }

    private void WriteRequest(ref ProtobufWriter writer, RequestRecord record, ReadOnlySpan<byte> method, ReadOnlySpan<byte> known)
    {
        writer.Attribute("http.request.method"u8, known.Length == 0 ? "_OTHER"u8 : known);
        if (known.Length == 0 && method.Length > 0)
            writer.Attribute("http.request.method_original"u8, method);
        if (record.TryGet(record.Path, out var path))
        {
            var query = path.IndexOf((byte)'?');
            writer.Attribute("url.path"u8, Cut(query < 0 ? path : path[..query]));
            if (query >= 0 && query + 1 < path.Length)
                writer.Attribute("url.query"u8, Cut(path[(query + 1)..]));
        }

        writer.Attribute("url.scheme"u8, record.IsSecure ? "https"u8 : "http"u8);
        if (record.TryGet(record.Authority, out var authority))
            WriteServerAddress(ref writer, authority);
        if (record.TryGet(record.ClientAddress, out var client))
            writer.Attribute("client.address"u8, client);
        if (tracing.UserAgent >= 0 && record.TryGet(record.RequestField(tracing.UserAgent), out var agent))
            writer.Attribute("user_agent.original"u8, agent);
        writer.Attribute("network.protocol.version"u8, record.Protocol switch { HttpProtocol.Http2 => "2"u8, HttpProtocol.Http10 => "1.0"u8, _ => "1.1"u8 });
        writer.Attribute("http.request.body.size"u8, record.BytesReceived);
    }

    private static void WriteServerAddress(ref ProtobufWriter writer, ReadOnlySpan<byte> authority)
    {
        var colon = authority.LastIndexOf((byte)':');
        var hasPort = colon >= 0 && authority.IndexOf((byte)']') < colon && Utf8Parser.TryParse(authority[(colon + 1)..], out int port, out var length) && length == authority.Length - colon - 1;
        var host = hasPort ? authority[..colon] : authority;
        writer.Attribute("server.address"u8, host.Length > 1 && host[0] == '[' ? host[1..^1] : host);
        if (hasPort)
        {
            Utf8Parser.TryParse(authority[(colon + 1)..], out port, out _);
            writer.Attribute("server.port"u8, port);
        }
    }

    private static void WriteResponse(ref ProtobufWriter writer, RequestRecord record)
    {
        if (record.StatusCode > 0)
            writer.Attribute("http.response.status_code"u8, record.StatusCode);
        writer.Attribute("http.response.body.size"u8, record.BytesSent);
        if (record.StatusCode is >= 500 or 0)
            WriteErrorType(ref writer, record.StatusCode, record.StatusCode == 0 ? ResponseDetailsText.Of(record) : default);
        if (!record.IsGrpc)
            return;
        writer.Attribute("rpc.system"u8, "grpc"u8);
        if (record.GrpcStatus >= 0)
            writer.Attribute("rpc.grpc.status_code"u8, record.GrpcStatus);
    }

    /// <summary>What only a gateway has, and what the configuration adds.</summary>
    private void WriteOwn(ref ProtobufWriter writer, RequestRecord record)
    {
        writer.Attribute("sluice.gateway"u8, _gateway);
        if (record.Listener is { } listener)
            writer.Attribute("sluice.listener"u8, listener.NameBytes);
        if (record.Entry is { } entry)
        {
            writer.Attribute("sluice.route"u8, entry.Rule.NameBytes);
            if (entry.TemplateBytes is { Length: > 0 } template)
                writer.Attribute("http.route"u8, template);
        }

        if (record.Flags != ResponseFlags.None)
            WriteSteps(ref writer, "sluice.response.flags"u8, RuntimeTracing.FlagSteps, record, null);
        foreach (var (name, steps, fallback) in tracing.Attributes)
            WriteSteps(ref writer, name, steps, record, fallback);
    }

    private void WriteSteps(ref ProtobufWriter writer, ReadOnlySpan<byte> name, LogStep[] steps, RequestRecord record, byte[]? fallback)
    {
        if (!OtlpValues.HasAll(steps, record, _values))
        {
            if (fallback is not null)
                writer.Attribute(name, fallback);
            return;
        }

        var attribute = writer.BeginAttribute(name);
        OtlpValues.WriteText(ref writer, steps, record, _values);
        writer.EndAttribute(attribute);
    }

    private static void WriteAttempt(ref ProtobufWriter writer, RequestRecord record, in AttemptSpan attempt)
    {
        var span = writer.Begin(SpanField);
        record.TryGet(record.Method, out var method);
        var known = Known(method);
        WriteHead(ref writer, record, attempt.Span, record.Trace.Span, Client, attempt.Started, attempt.Ended == 0 ? record.Ended : attempt.Ended);
        writer.Text(5, known.Length == 0 ? "HTTP"u8 : known);
        writer.Attribute("http.request.method"u8, known.Length == 0 ? "_OTHER"u8 : known);
        if (attempt.Endpoint is { } endpoint)
        {
            writer.Attribute("server.address"u8, endpoint.HostText);
            writer.Attribute("server.port"u8, endpoint.Address.Port);
        }

        if (record.Cluster is { } cluster)
            writer.Attribute("sluice.upstream.cluster"u8, cluster.NameBytes);
        if (attempt.StatusCode > 0)
            writer.Attribute("http.response.status_code"u8, attempt.StatusCode);
        if (attempt.Failure is { } failure)
            WriteErrorType(ref writer, 0, UpstreamFailures.Text(failure));
        else if (attempt.StatusCode >= 400)
            WriteErrorType(ref writer, attempt.StatusCode, default);
        if (attempt.Failure is not null || attempt.StatusCode >= 400)
            WriteError(ref writer, attempt.Failure is { } reason ? UpstreamFailures.Text(reason) : default);
        writer.End(span);
    }

    /// <summary>The status code in digits where there is one.</summary>
    private static void WriteErrorType(ref ProtobufWriter writer, int statusCode, ReadOnlySpan<byte> reason)
    {
        Span<byte> digits = stackalloc byte[11];
        if (statusCode > 0)
        {
            Utf8Formatter.TryFormat(statusCode, digits, out var length);
            writer.Attribute("error.type"u8, digits[..length]);
        }
        else
        {
            writer.Attribute("error.type"u8, reason.Length == 0 ? "_OTHER"u8 : reason);
        }
    }

    private static void WriteError(ref ProtobufWriter writer, ReadOnlySpan<byte> message)
    {
        var status = writer.Begin(15);
        if (message.Length > 0)
            writer.Text(2, message);
        writer.Number(3, ErrorStatus);
        writer.End(status);
    }

    private ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> value) => value.Length > tracing.MaxPathLength ? value[..tracing.MaxPathLength] : value;

    private static ReadOnlySpan<byte> Known(ReadOnlySpan<byte> method)
    {
        foreach (var known in Methods)
        {
            if (method.SequenceEqual(known))
                return known;
        }

        return default;
    }

    private static ulong Nanoseconds(RequestRecord record, long timestamp) =>
        (ulong)(((record.StartTicks - DateTime.UnixEpoch.Ticks) * 100) + (long)((timestamp - record.Started) * (1_000_000_000.0 / Stopwatch.Frequency)));
}
