using System.Text;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Exchanges;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Grpc;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2.Hpack;
using Sluice.Proxy.Listeners;

namespace Sluice.Proxy.Http2;

/// <summary>Composes the field blocks that clients get (RFC 9113 8.3.2): every field written anew, the rule's edits applied.</summary>
internal static class ResponseHeadEncoder
{
    public static ReadOnlySpan<byte> Compose(Worker worker, ResponseHead head, HeaderEdits edits, ServerHeader? server = null)
    {
        var writer = new HpackWriter(worker.Scratch);
        var isTunnel = head.StatusCode == 101;

        // A tunnel is there when the request for it has succeeded (RFC 8441 5).
        writer.WriteStatus(isTunnel ? 200 : head.StatusCode);
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
            if (isTunnel && Ascii.EqualsIgnoreCase(name, WebSocketKey.AcceptName))
                continue;
            if (server is not null && ServerHeader.IsName(name))
            {
                if (server.Replaces)
                    continue;
                hasServer = true;
            }

            writer.WriteField(name, head.ValueOf(field), field.NeverIndexed);
        }

        if (server is { Added.Length: > 0 } && !hasServer)
            WriteUnlessEdited(ref writer, edits, "server"u8, server.Added);
        WriteAppended(ref writer, edits);
        if (head.ContentLength >= 0 && head.StatusCode != 204 && !isTunnel)
            writer.WriteField(HpackIndex.ContentLength, head.ContentLength);
        return writer.Written;
    }

    public static ReadOnlySpan<byte> ComposeInterim(Worker worker, ResponseHead head)
    {
        var writer = new HpackWriter(worker.Scratch);
        writer.WriteStatus(head.StatusCode);
        WriteFields(ref writer, head);
        return writer.Written;
    }

    public static ReadOnlySpan<byte> ComposeTrailers(Worker worker, FieldSection trailers)
    {
        var writer = new HpackWriter(worker.Scratch);
        WriteFields(ref writer, trailers);
        return writer.Written;
    }

    public static ReadOnlySpan<byte> ComposeLocal(Worker worker, in LocalAnswer answer, DateHeader date)
    {
        // The caller may have composed Location in the scratch space: the head goes behind it.
        var scratch = worker.Scratch;
        var writer = new HpackWriter(scratch[(scratch.Length / 2)..]);
        writer.WriteStatus(answer.StatusCode);
        var edits = answer.Edits ?? HeaderEdits.None;
        WriteUnlessEdited(ref writer, edits, "date"u8, date.Value);
        if (answer.Server is null)
            WriteUnlessEdited(ref writer, edits, "server"u8, "sluice"u8);
        else if (answer.Server.Own.Length > 0)
            WriteUnlessEdited(ref writer, edits, "server"u8, answer.Server.Own);
        if (answer.Location.Length > 0)
            WriteUnlessEdited(ref writer, edits, "location"u8, answer.Location);
        if (answer.Allow.Length > 0)
            writer.WriteField("allow"u8, answer.Allow);
        if (answer.Body.Length > 0 || answer.GrpcStatus >= 0 || answer.IsStreamed)
            WriteUnlessEdited(ref writer, edits, "content-type"u8, answer.ContentType);
        if (answer.GrpcStatus >= 0)
            WriteGrpcStatus(ref writer, answer);
        WriteAppended(ref writer, edits);
        foreach (var (name, value) in answer.Fields ?? [])
            writer.WriteField(Encoding.ASCII.GetBytes(name), Encoding.Latin1.GetBytes(value));
        if (!answer.IsStreamed && answer.StatusCode is not (204 or 304))
            writer.WriteField(HpackIndex.ContentLength, answer.Body.Length);
        return writer.Written;
    }

    private static void WriteGrpcStatus(ref HpackWriter writer, in LocalAnswer answer)
    {
        writer.WriteField("grpc-status"u8, GrpcStatus.Text(answer.GrpcStatus));
        writer.WriteField("grpc-message"u8, answer.GrpcMessage);
    }

    private static void WriteFields(ref HpackWriter writer, FieldSection section)
    {
        foreach (ref readonly var field in section.Fields)
        {
            if (field.Known == KnownField.Other || !FieldNames.IsHopByHop(field.Known))
                writer.WriteField(section.NameOf(field), section.ValueOf(field), field.NeverIndexed);
        }
    }

    private static void WriteAppended(ref HpackWriter writer, HeaderEdits edits)
    {
        for (var i = 0; i < edits.AppendedCount; i++)
            writer.WriteField(edits.AppendedLowerName(i), edits.AppendedValue(i));
    }

    private static void WriteUnlessEdited(ref HpackWriter writer, HeaderEdits edits, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (edits.IsEmpty || !edits.Removes(name))
            writer.WriteField(name, value);
    }
}
