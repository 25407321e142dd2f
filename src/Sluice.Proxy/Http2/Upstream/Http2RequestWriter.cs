using System.Text;
using Sluice.Configuration.Listeners;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2.Hpack;
using Sluice.Proxy.Telemetry.Tracing;
using Sluice.Proxy.Tls.Certificates;

namespace Sluice.Proxy.Http2.Upstream;

/// <summary>
/// Composes the field block that a backend gets over HTTP/2 (RFC 9113 8.3.1): the same request as <see cref="Http1.RequestWriter"/>
/// makes, in its own form. A block depends on no connection, so it can be kept and sent again.
/// </summary>
internal static class Http2RequestWriter
{
    /// <summary>Of the scratch space, where values are put together. The largest is what trusted proxies have written, within a head.</summary>
    private const int ValueSpace = 72 * 1024;

    /// <param name="worker">Its scratch space holds the result.</param>
    /// <param name="request">What is to be said.</param>
    /// <param name="isSecure">The backend is spoken to over TLS. What the client spoke is in x-forwarded-proto.</param>
    public static ReadOnlySpan<byte> Compose(Worker worker, in OutgoingRequest request, bool isSecure)
    {
        var writer = new HpackWriter(worker.Scratch[..^ValueSpace]);
        var values = worker.Scratch[^ValueSpace..];
        var head = request.Head;
        var edits = request.Edits;

        WriteStart(ref writer, request, values, isSecure);
        var fields = new PassedFields(head, edits, request.IsTrusted, request.Trace.IsPresent, request.Trace.KeepsState, request.KeepsForwardedFor, request.CertificateMode);
        while (fields.TryNext(out var field))
        {
            var name = head.NameOf(field);

            // Extended CONNECT has its own proof that the backend understood (RFC 8441 5.1).
            if (head.IsWebSocketUpgrade && Ascii.EqualsIgnoreCase(name, "sec-websocket-key"u8))
                continue;
            writer.WriteField(name, head.ValueOf(field), field.NeverIndexed);
        }

        for (var i = 0; i < edits.AppendedCount; i++)
            writer.WriteField(edits.AppendedLowerName(i), edits.AppendedValue(i));
        WriteForwarded(ref writer, request, fields, values);
        if (!fields.HasRequestId && !request.HasNoRequestId && Mine(edits, "x-request-id"u8))
        {
            request.RequestId.Write(values);
            writer.WriteField("x-request-id"u8, values[..RequestId.Length]);
        }

        if (request.Trace.IsPresent)
            WriteTrace(ref writer, request.Trace, edits);

        if (head.ContentLength >= 0 && head.Framing != BodyFraming.Chunked)
            writer.WriteField(HpackIndex.ContentLength, head.ContentLength);
        if (head.ExpectsContinue && !request.IsMirror && head.Framing != BodyFraming.None)
            writer.WriteField("expect"u8, "100-continue"u8);
        if (fields.TakesTrailers && !head.IsWebSocketUpgrade)
            writer.WriteField("te"u8, "trailers"u8);
        return writer.Written;
    }

    /// <summary>Trailers of a request, without those that must not stand there (RFC 9110 6.5.1).</summary>
    public static ReadOnlySpan<byte> ComposeTrailers(Worker worker, FieldSection trailers)
    {
        var writer = new HpackWriter(worker.Scratch);
        foreach (ref readonly var field in trailers.Fields)
        {
            if (field.Known == KnownField.Other)
                writer.WriteField(trailers.NameOf(field), trailers.ValueOf(field), field.NeverIndexed);
        }

        return writer.Written;
    }

    private static void WriteStart(ref HpackWriter writer, in OutgoingRequest request, Span<byte> values, bool isSecure)
    {
        var head = request.Head;
        if (head.IsWebSocketUpgrade)
        {
            writer.WriteField(HpackIndex.Method, "CONNECT"u8);
            writer.WriteField(":protocol"u8, "websocket"u8);
        }
        else if (head.Method.SequenceEqual("GET"u8))
        {
            writer.WriteIndexed(HpackIndex.Method);
        }
        else if (head.Method.SequenceEqual("POST"u8))
        {
            writer.WriteIndexed(HpackIndex.MethodPost);
        }
        else
        {
            writer.WriteField(HpackIndex.Method, head.Method);
        }

        writer.WriteIndexed(isSecure ? HpackIndex.SchemeHttps : HpackIndex.Scheme);
        var host = request.Rewrite is { Host.Length: > 0 } rewrite ? rewrite.Host : head.Authority;
        if (host.Length > 0)
            writer.WriteField(HpackIndex.Authority, host);

        var path = head.Path;
        if (request.Rewrite?.Path is { } rewriter && rewriter.TryWrite(path, request.MatchedLength, values, out var written))
            path = values[..written];
        else if (head.Query.Length > 0)
            path.CopyTo(values);
        if (head.Query.Length > 0)
        {
            head.Query.CopyTo(values[path.Length..]);
            path = values[..(path.Length + head.Query.Length)];
        }

        writer.WriteField(HpackIndex.Path, path);
    }

    private static void WriteForwarded(ref HpackWriter writer, in OutgoingRequest request, in PassedFields fields, Span<byte> values)
    {
        var head = request.Head;
        var edits = request.Edits;
        if (!request.KeepsForwardedFor && Mine(edits, "x-forwarded-for"u8))
        {
            var length = fields.HasFor ? CopyReceivedFor(head, values) : 0;
            request.Client.CopyTo(values[length..]);
            writer.WriteField("x-forwarded-for"u8, values[..(length + request.Client.Length)]);
        }

        if (!fields.HasProto && Mine(edits, "x-forwarded-proto"u8))
            writer.WriteField("x-forwarded-proto"u8, request.IsSecure ? "https"u8 : "http"u8);
        if (!fields.HasHost && head.AuthoritySlice.Length > 0 && Mine(edits, "x-forwarded-host"u8))
            writer.WriteField("x-forwarded-host"u8, head.Authority);
        if (request.ClientCertificate.Length > 0 && Mine(edits, "x-forwarded-client-cert"u8))
        {
            var length = request.CertificateMode == ForwardClientCertMode.AppendForward ? ClientCertificateField.CopyReceived(head, values) : 0;
            request.ClientCertificate.CopyTo(values[length..]);
            writer.WriteField("x-forwarded-client-cert"u8, values[..(length + request.ClientCertificate.Length)]);
        }
    }

    private static void WriteTrace(ref HpackWriter writer, in TraceContext trace, HeaderEdits edits)
    {
        Span<byte> value = stackalloc byte[TraceFields.ParentLength];
        if (Mine(edits, "traceparent"u8))
        {
            TraceFields.WriteParent(trace, value);
            writer.WriteField("traceparent"u8, value);
        }

        if (trace.B3 == B3Form.Single && Mine(edits, "b3"u8))
        {
            TraceFields.WriteB3(trace, value);
            writer.WriteField("b3"u8, value[..TraceFields.B3Length]);
        }
        else if (trace.B3 == B3Form.Multiple)
        {
            trace.WriteTraceId(value);
            writer.WriteField("x-b3-traceid"u8, value[..32]);
            TraceContext.WriteHex(trace.Span, value);
            writer.WriteField("x-b3-spanid"u8, value[..16]);
            writer.WriteField("x-b3-sampled"u8, trace.IsSampled ? "1"u8 : "0"u8);
        }
    }

    /// <summary>All entries that trusted proxies have written, in their order, however many lines they stand in.</summary>
    private static int CopyReceivedFor(RequestHead head, Span<byte> values)
    {
        var length = 0;
        foreach (ref readonly var field in head.Fields)
        {
            if (field.Known != KnownField.XForwardedFor || field.ValueLength == 0)
                continue;
            head.ValueOf(field).CopyTo(values[length..]);
            length += field.ValueLength;
            ", "u8.CopyTo(values[length..]);
            length += 2;
        }

        return length;
    }

    /// <summary>A field that the rule's filters set or remove is theirs, not ours.</summary>
    private static bool Mine(HeaderEdits edits, ReadOnlySpan<byte> name) => edits.IsEmpty || !edits.Removes(name);
}
