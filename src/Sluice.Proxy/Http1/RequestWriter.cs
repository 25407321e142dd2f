using Sluice.Configuration.Listeners;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Http;
using Sluice.Proxy.Telemetry.Tracing;
using Sluice.Proxy.Tls.Certificates;

namespace Sluice.Proxy.Http1;

/// <summary>
/// Composes the head that a backend gets (RFC 9112 3): every line written anew, hop-by-hop fields left out, the rule's edits
/// applied, X-Forwarded-* and X-Request-Id added.
/// </summary>
internal static class RequestWriter
{
    public static ReadOnlySpan<byte> Compose(Worker worker, in OutgoingRequest request)
    {
        var writer = new HeadWriter(worker.Scratch);
        var head = request.Head;
        var edits = request.Edits;

        writer.Write(head.Method);
        writer.Write((byte)' ');
        var path = head.Path;
        if (request.Rewrite?.Path is { } rewriter && rewriter.TryWrite(path, request.MatchedLength, writer.Free, out var written))
            writer.Advance(written);
        else
            writer.Write(path);
        writer.Write(head.Query);
        writer.Write(" HTTP/1.1\r\n"u8);

        var host = request.Rewrite is { Host.Length: > 0 } rewrite ? rewrite.Host : head.Authority;
        writer.WriteField("Host"u8, host);

        var fields = new PassedFields(head, edits, request.IsTrusted, request.Trace.IsPresent, request.Trace.KeepsState, request.KeepsForwardedFor, request.CertificateMode);
        while (fields.TryNext(out var field))
            writer.WriteField(head.NameOf(field), head.ValueOf(field));
        if (!edits.IsEmpty)
            writer.Write(edits.AppendedLines);
        WriteForwarded(ref writer, request, fields);
        if (!fields.HasRequestId && !request.HasNoRequestId && Mine(edits, "x-request-id"u8))
            WriteRequestId(ref writer, request.RequestId);
        if (request.Trace.IsPresent)
            WriteTrace(ref writer, request.Trace, edits);
        WriteFraming(ref writer, head, request.IsMirror);

        // TE speaks for one hop: this proxy passes trailers on (RFC 9110 10.1.4), so it may say that it takes them.
        if (fields.TakesTrailers && !head.IsWebSocketUpgrade)
            writer.Write("TE: trailers\r\nConnection: TE\r\n"u8);
        writer.WriteLineEnd();
        return writer.Written;
    }

    private static void WriteForwarded(ref HeadWriter writer, in OutgoingRequest request, in PassedFields fields)
    {
        var head = request.Head;
        var edits = request.Edits;
        if (!request.KeepsForwardedFor && Mine(edits, "x-forwarded-for"u8))
        {
            writer.Write("X-Forwarded-For: "u8);
            if (fields.HasFor)
                WriteReceivedFor(ref writer, head);
            writer.Write(request.Client);
            writer.WriteLineEnd();
        }

        if (!fields.HasProto && Mine(edits, "x-forwarded-proto"u8))
            writer.Write(request.IsSecure ? "X-Forwarded-Proto: https\r\n"u8 : "X-Forwarded-Proto: http\r\n"u8);
        if (!fields.HasHost && head.AuthoritySlice.Length > 0 && Mine(edits, "x-forwarded-host"u8))
            writer.WriteField("X-Forwarded-Host"u8, head.Authority);
        if (request.ClientCertificate.Length > 0 && Mine(edits, "x-forwarded-client-cert"u8))
        {
            writer.Write("X-Forwarded-Client-Cert: "u8);
            if (request.CertificateMode == ForwardClientCertMode.AppendForward)
                writer.Advance(ClientCertificateField.CopyReceived(head, writer.Free));
            writer.Write(request.ClientCertificate);
            writer.WriteLineEnd();
        }
    }

    /// <summary>All entries that trusted proxies have written, in their order, however many lines they stand in.</summary>
    private static void WriteReceivedFor(ref HeadWriter writer, RequestHead head)
    {
        foreach (ref readonly var field in head.Fields)
        {
            if (field.Known != KnownField.XForwardedFor || field.ValueLength == 0)
                continue;
            writer.Write(head.ValueOf(field));
            writer.Write(", "u8);
        }
    }

    private static void WriteRequestId(ref HeadWriter writer, RequestId id)
    {
        writer.Write("X-Request-Id: "u8);
        id.Write(writer.Free);
        writer.Advance(RequestId.Length);
        writer.WriteLineEnd();
    }

    private static void WriteTrace(ref HeadWriter writer, in TraceContext trace, HeaderEdits edits)
    {
        Span<byte> value = stackalloc byte[TraceFields.ParentLength];
        if (Mine(edits, "traceparent"u8))
        {
            TraceFields.WriteParent(trace, value);
            writer.WriteField("Traceparent"u8, value);
        }

        if (trace.B3 == B3Form.Single && Mine(edits, "b3"u8))
        {
            TraceFields.WriteB3(trace, value);
            writer.WriteField("B3"u8, value[..TraceFields.B3Length]);
        }
        else if (trace.B3 == B3Form.Multiple)
        {
            trace.WriteTraceId(value);
            writer.WriteField("X-B3-TraceId"u8, value[..32]);
            TraceContext.WriteHex(trace.Span, value);
            writer.WriteField("X-B3-SpanId"u8, value[..16]);
            writer.WriteField("X-B3-Sampled"u8, trace.IsSampled ? "1"u8 : "0"u8);
        }
    }

    private static void WriteFraming(ref HeadWriter writer, RequestHead head, bool isMirror)
    {
        if (head.Framing == BodyFraming.Chunked)
        {
            writer.Write("Transfer-Encoding: chunked\r\n"u8);
        }
        else if (head.ContentLength >= 0)
        {
            writer.Write("Content-Length: "u8);
            writer.Write(head.ContentLength);
            writer.WriteLineEnd();
        }

        if (head.ExpectsContinue && !isMirror && head.Framing != BodyFraming.None)
            writer.Write("Expect: 100-continue\r\n"u8);
        if (head.IsWebSocketUpgrade)
            writer.Write("Connection: Upgrade\r\nUpgrade: websocket\r\n"u8);
    }

    /// <summary>A field that the rule's filters set or remove is theirs, not ours.</summary>
    private static bool Mine(HeaderEdits edits, ReadOnlySpan<byte> name) => edits.IsEmpty || !edits.Removes(name);
}
