using System.Buffers;
using System.Text.Json;
using Sluice.Kubernetes.Leases;

namespace Sluice.Kubernetes.Events;

/// <summary>events.k8s.io/v1 Event, within the limits of its validation.</summary>
internal static class EventJson
{
    public const int MaxNoteLength = 1024;
    public const int MaxShortLength = 128;

    public static ReadOnlyMemory<byte> Write(EventEntry entry, string name, EventRecorderOptions options, DateTimeOffset time)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", "events.k8s.io/v1");
            writer.WriteString("kind", "Event");
            writer.WriteStartObject("metadata");
            writer.WriteString("name", name);
            writer.WriteString("namespace", NamespaceOf(entry.Target));
            writer.WriteEndObject();
            writer.WriteString("eventTime", LeaseRecord.MicroTime(time));
            writer.WriteString("reportingController", options.Controller);
            writer.WriteString("reportingInstance", Cut(options.Instance, MaxShortLength));
            writer.WriteString("type", entry.Type == EventType.Warning ? "Warning" : "Normal");
            writer.WriteString("reason", entry.Reason);
            writer.WriteString("action", entry.Action);
            writer.WriteString("note", entry.Note);
            WriteReference(writer, "regarding", entry.Target);
            if (entry.Related is { } related)
                WriteReference(writer, "related", related);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>A merge patch with how often it happened.</summary>
    public static ReadOnlyMemory<byte> WriteSeries(int count, DateTimeOffset last)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteStartObject("series");
            writer.WriteNumber("count", count);
            writer.WriteString("lastObservedTime", LeaseRecord.MicroTime(last));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    /// <summary>Events about cluster-scoped objects live in the namespace "default".</summary>
    public static string NamespaceOf(EventTarget target) => target.Name.Namespace.Length == 0 ? "default" : target.Name.Namespace;

    /// <summary>At most so many bytes of UTF-8, with an ellipsis where something is missing: the server counts bytes.</summary>
    public static string Cut(string text, int maxBytes)
    {
        if (System.Text.Encoding.UTF8.GetByteCount(text) <= maxBytes)
            return text;
        const string Ellipsis = "…";
        var left = maxBytes - System.Text.Encoding.UTF8.GetByteCount(Ellipsis);
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            left -= rune.Utf8SequenceLength;
            if (left < 0)
                break;
            length += rune.Utf16SequenceLength;
        }

        return text[..length] + Ellipsis;
    }

    private static void WriteReference(Utf8JsonWriter writer, string field, EventTarget target)
    {
        writer.WriteStartObject(field);
        writer.WriteString("apiVersion", target.Resource.ApiVersion);
        writer.WriteString("kind", target.Resource.Kind);
        writer.WriteString("name", target.Name.Name);
        if (target.Name.Namespace.Length > 0)
            writer.WriteString("namespace", target.Name.Namespace);
        if (target.Uid.Length > 0)
            writer.WriteString("uid", target.Uid);
        writer.WriteEndObject();
    }
}
