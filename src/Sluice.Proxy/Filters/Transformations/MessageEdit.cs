using System.Buffers;
using Sluice.Configuration.Policies;
using Sluice.Expressions.Templates;
using Sluice.Proxy.Bodies;

namespace Sluice.Proxy.Filters.Transformations;

/// <summary>
/// The transformation of a request or response. Everything is rendered before anything is changed, so templates see the message as it
/// came. Without JSON, where JSON is asked for, the message stays as it is.
/// </summary>
internal sealed class MessageEdit : IBodyEdit
{
    /// <summary>Octets that the head may have afterwards.</summary>
    private const int MaxHeadBytes = 96 * 1024;

    public required HeaderEdit[] Set { get; init; }

    public required HeaderEdit[] Add { get; init; }

    /// <summary>Names.</summary>
    public required byte[][] Remove { get; init; }

    /// <summary>Null keeps it.</summary>
    public required Template? Body { get; init; }

    public required MetadataEdit[] Metadata { get; init; }

    public required BodyParsing Parsing { get; init; }

    public required bool NeedsBody { get; init; }

    public BodyVerdict Apply(BodyMessage message)
    {
        using var context = new MessageContext(message, message.HasBody ? Parsing : BodyParsing.None);
        if (!context.TryParse())
            return BodyVerdict.Done;

        var output = new ArrayBufferWriter<byte>(256);
        var ends = new int[Set.Length + Add.Length];
        for (var i = 0; i < ends.Length; i++)
        {
            if (!TryRender(i < Set.Length ? Set[i].Value : Add[i - Set.Length].Value, context, output, message))
                return BodyVerdict.Failed;
            ends[i] = output.WrittenCount;
        }
        foreach (var entry in Metadata)
        {
            var start = output.WrittenCount;
            if (!TryRender(entry.Value, context, output, message))
                return BodyVerdict.Failed;
            message.Work.AddMetadata(entry.Namespace, entry.Key, output.WrittenSpan[start..].ToArray());
        }
        ArrayBufferWriter<byte>? body = null;
        if (Body is not null && message.HasBody)
        {
            body = new ArrayBufferWriter<byte>(1024);
            if (!TryRender(Body, context, body, message))
                return BodyVerdict.Failed;
        }

        for (int i = 0, start = 0; i < ends.Length; start = ends[i++])
        {
            var value = output.WrittenSpan[start..ends[i]].Trim(" \t\r\n"u8);
            var isSet = i < Set.Length;
            if (!TryChange(message, isSet ? Set[i].Name : Add[i - Set.Length].Name, value, isSet))
                return Fail(message, "what a template made is no value of a header, or the headers are too many or too large");
        }
        foreach (var name in Remove)
            message.Head.Remove(name);
        if (body is null || message.Body.Replace(body.WrittenSpan) == BodyFault.None)
            return BodyVerdict.Done;
        return Fail(message, "the new body is too large");
    }

    private static bool TryRender(Template? template, MessageContext context, IBufferWriter<byte> output, BodyMessage message)
    {
        if (template!.TryRender(context, output, out var error))
            return true;
        message.Work.NoteError(error!.Message);
        return false;
    }

    private static BodyVerdict Fail(BodyMessage message, string reason)
    {
        message.Work.NoteError(reason);
        return BodyVerdict.Failed;
    }

    private static bool TryChange(BodyMessage message, byte[] name, ReadOnlySpan<byte> value, bool isSet)
    {
        if (name[0] == ':')
            return TryChangePseudo(message, name, value);
        if (isSet || value.Length == 0)
            message.Head.Remove(name);
        return value.Length == 0 || (IsValue(value) && value.Length + message.Head.Bytes <= MaxHeadBytes && message.Head.TryAdd(name, value));
    }

    private static bool TryChangePseudo(BodyMessage message, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.Length > 16 * 1024)
            return false;
        if (name.SequenceEqual(":path"u8))
            return message.Request.TrySetTarget(value);
        if (name.SequenceEqual(":method"u8))
            return message.Request.TrySetMethod(value);
        if (name.SequenceEqual(":authority"u8))
            return message.Request.TrySetAuthority(value);
        if (!int.TryParse(value, out var status) || status is < 200 or > 599)
            return false;
        message.Response.SetStatus(status);
        return true;
    }

    private static bool IsValue(ReadOnlySpan<byte> value)
    {
        foreach (var octet in value)
        {
            if (octet is < (byte)' ' and not (byte)'\t' or 0x7f)
                return false;
        }
        return true;
    }
}
