using System.Text;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Http;
using Sluice.Proxy.Listeners;

namespace Sluice.Proxy.Http1;

/// <summary>Composes the heads that clients get (RFC 9112 4): every line written anew, the rule's edits applied.</summary>
internal static class ResponseWriter
{
    public static ReadOnlySpan<byte> Compose(
        Worker worker, ResponseHead head, HeaderEdits edits, BodyFraming framing, bool keepAlive, bool isHttp11, ServerHeader? server = null)
    {
        var writer = new HeadWriter(worker.Scratch);
        WriteStatusLine(ref writer, head);
        var hasServer = false;
        foreach (ref readonly var field in head.Fields)
        {
            if (field.Known != KnownField.Other && FieldNames.IsHopByHop(field.Known))
                continue;
            var name = head.NameOf(field);
            if (head.Nominated.Count > 0 && head.Nominated.Contains(head, name))
                continue;
            if (!edits.IsEmpty && edits.Removes(name))
                continue;
            if (server is not null && ServerHeader.IsName(name))
            {
                if (server.Replaces)
                    continue;
                hasServer = true;
            }

            writer.WriteField(name, head.ValueOf(field));
        }

        if (server is { Added.Length: > 0 } && !hasServer)
            WriteUnlessEdited(ref writer, edits, "Server"u8, server.Added);
        if (!edits.IsEmpty)
            writer.Write(edits.AppendedLines);

        if (head.StatusCode == 101)
        {
            writer.Write("Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"u8);
            return writer.Written;
        }

        if (framing == BodyFraming.Chunked)
        {
            writer.Write("Transfer-Encoding: chunked\r\n"u8);
        }
        else if (head.ContentLength >= 0 && head.StatusCode != 204)
        {
            writer.Write("Content-Length: "u8);
            writer.Write(head.ContentLength);
            writer.WriteLineEnd();
        }

        WriteConnection(ref writer, keepAlive, isHttp11);
        writer.WriteLineEnd();
        return writer.Written;
    }

    public static ReadOnlySpan<byte> ComposeInterim(Worker worker, ResponseHead head)
    {
        var writer = new HeadWriter(worker.Scratch);
        WriteStatusLine(ref writer, head);
        foreach (ref readonly var field in head.Fields)
        {
            if (field.Known == KnownField.Other || !FieldNames.IsHopByHop(field.Known))
                writer.WriteField(head.NameOf(field), head.ValueOf(field));
        }

        writer.WriteLineEnd();
        return writer.Written;
    }

    /// <param name="worker">Lends its scratch space.</param>
    /// <param name="answer">What to say.</param>
    /// <param name="date">The worker's.</param>
    /// <param name="keepAlive">Another request may follow.</param>
    /// <param name="isHttp11">The client's version.</param>
    /// <param name="framing">Of a streamed answer's body.</param>
    public static ReadOnlySpan<byte> ComposeLocal(
        Worker worker, in LocalAnswer answer, DateHeader date, bool keepAlive, bool isHttp11, BodyFraming framing = BodyFraming.Length)
    {
        // The caller may have composed Location in the scratch space: the head goes behind it.
        var scratch = worker.Scratch;
        var writer = new HeadWriter(scratch[(scratch.Length / 2)..]);
        writer.Write("HTTP/1.1 "u8);
        writer.Write(answer.StatusCode);
        writer.Write((byte)' ');
        writer.Write(StatusText.Reason(answer.StatusCode));
        writer.WriteLineEnd();
        var edits = answer.Edits ?? HeaderEdits.None;
        WriteUnlessEdited(ref writer, edits, "Date"u8, date.Value);
        if (answer.Server is null)
            WriteUnlessEdited(ref writer, edits, "Server"u8, "sluice"u8);
        else if (answer.Server.Own.Length > 0)
            WriteUnlessEdited(ref writer, edits, "Server"u8, answer.Server.Own);
        if (answer.Location.Length > 0)
            WriteUnlessEdited(ref writer, edits, "Location"u8, answer.Location);
        if (answer.Allow.Length > 0)
            writer.WriteField("Allow"u8, answer.Allow);
        if (answer.Body.Length > 0 || answer.GrpcStatus >= 0 || answer.IsStreamed)
            WriteUnlessEdited(ref writer, edits, "Content-Type"u8, answer.ContentType);
        if (answer.GrpcStatus >= 0)
            WriteGrpcStatus(ref writer, answer);
        if (!edits.IsEmpty)
            writer.Write(edits.AppendedLines);
        foreach (var (name, value) in answer.Fields ?? [])
            writer.WriteField(Encoding.ASCII.GetBytes(name), Encoding.Latin1.GetBytes(value));
        if (answer.IsStreamed)
        {
            if (framing == BodyFraming.Chunked)
                writer.Write("Transfer-Encoding: chunked\r\n"u8);
        }
        else if (answer.StatusCode is not (204 or 304))
        {
            writer.Write("Content-Length: "u8);
            writer.Write(answer.Body.Length);
            writer.WriteLineEnd();
        }

        WriteConnection(ref writer, keepAlive, isHttp11);
        writer.WriteLineEnd();
        return writer.Written;
    }

    private static void WriteStatusLine(ref HeadWriter writer, ResponseHead head)
    {
        writer.Write("HTTP/1.1 "u8);
        writer.Write(head.StatusCode);
        writer.Write((byte)' ');
        writer.Write(head.Reason);
        writer.WriteLineEnd();
    }

    private static void WriteGrpcStatus(ref HeadWriter writer, in LocalAnswer answer)
    {
        writer.Write("grpc-status: "u8);
        writer.Write(answer.GrpcStatus);
        writer.WriteLineEnd();
        writer.WriteField("grpc-message"u8, answer.GrpcMessage);
    }

    private static void WriteUnlessEdited(ref HeadWriter writer, HeaderEdits edits, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (edits.IsEmpty || !edits.Removes(name))
            writer.WriteField(name, value);
    }

    private static void WriteConnection(ref HeadWriter writer, bool keepAlive, bool isHttp11)
    {
        if (!keepAlive)
            writer.Write("Connection: close\r\n"u8);
        else if (!isHttp11)
            writer.Write("Connection: keep-alive\r\n"u8);
    }
}
