using System.Text.Json;
using Sluice.Configuration.Json;

namespace Sluice.Configuration.Streaming;

/// <summary>The messages of proxies as frames and back.</summary>
public static class StreamMessages
{
    /// <summary>Bytes that the payload of a proxy's frame may have.</summary>
    public const int MaxProxyBytes = 64 * 1024;

    /// <summary>Bytes that the payload of a controller's frame may have: one item of the largest kind, a certificate with its chain or a body.</summary>
    public const int MaxControllerBytes = 16 * 1024 * 1024;

    /// <summary>Characters of texts in one answer; what does not fit is counted instead.</summary>
    private const int MaxAnswerCharacters = 8 * 1024;

    /// <summary>Characters of one text.</summary>
    private const int MaxTextCharacters = 1024;

    /// <summary>A whole frame.</summary>
    public static byte[] Ping { get; } = [0, 0, 0, 0, (byte)FrameType.Ping];

    public static byte[] Write(Hello hello)
    {
        ArgumentNullException.ThrowIfNull(hello);
        using var frames = new FrameBuffer();
        var writer = frames.Begin(FrameType.Hello);
        writer.WriteStartObject();
        writer.WriteNumber("protocol", hello.Protocol);
        writer.WriteString("proxy", hello.Proxy);
        if (hello.Digest is not null)
            writer.WriteString("digest", hello.Digest);
        writer.WriteEndObject();
        return frames.End().ToArray();
    }

    public static byte[] Write(Answer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        using var frames = new FrameBuffer();
        var writer = frames.Begin(FrameType.Answer);
        var left = MaxAnswerCharacters;
        writer.WriteStartObject();
        writer.WriteNumber("version", answer.Version);
        writer.WriteBoolean("applied", answer.Applied);
        writer.WriteStartArray("errors");
        var written = 0;
        foreach (var error in answer.Errors.TakeWhile(error => (left -= Math.Min(error.Message.Length, MaxTextCharacters) + (error.Listener?.Length ?? 0)) > 0))
        {
            Write(writer, error);
            written++;
        }

        if (written < answer.Errors.Count)
            Write(writer, new AnswerError(answer.Errors[written].Listener, $"and {answer.Errors.Count - written} more errors, which are in the proxy's log", answer.Errors[written].Reason));
        writer.WriteEndArray();
        writer.WriteStartArray("warnings");
        left = MaxAnswerCharacters;
        written = 0;
        foreach (var warning in answer.Warnings.TakeWhile(warning => (left -= Math.Min(warning.Length, MaxTextCharacters)) > 0))
        {
            writer.WriteStringValue(Shorten(warning));
            written++;
        }

        if (written < answer.Warnings.Count)
            writer.WriteStringValue($"and {answer.Warnings.Count - written} more warnings, which are in the proxy's log");
        writer.WriteEndArray();
        writer.WriteEndObject();
        return frames.End().ToArray();
    }

    /// <exception cref="StreamFormatException">It is none.</exception>
    public static Hello ReadHello(ReadOnlyMemory<byte> payload) =>
        Read(FrameType.Hello, payload, element => new Hello(element.Number("protocol"), element.Text("proxy"), element.OptionalText("digest")));

    /// <exception cref="StreamFormatException">It is none.</exception>
    public static Answer ReadAnswer(ReadOnlyMemory<byte> payload) => Read(FrameType.Answer, payload, element => new Answer(
        element.OptionalElement("version") is { ValueKind: JsonValueKind.Number } version && version.TryGetInt64(out var number) ? number : throw JsonFields.Wrong("version", "a whole number"),
        element.Flag("applied"),
        element.List("errors", error => new AnswerError(error.OptionalText("listener"), error.Text("message"), error.Choice<ApplyErrorReason>("reason"))),
        element.Texts("warnings")));

    private static T Read<T>(FrameType type, ReadOnlyMemory<byte> payload, Func<JsonElement, T> read)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new StreamFormatException($"frame {type}: {error.Message}", error);
        }
    }

    private static void Write(Utf8JsonWriter writer, AnswerError error)
    {
        writer.WriteStartObject();
        if (error.Listener is not null)
            writer.WriteString("listener", error.Listener);
        writer.WriteString("message", Shorten(error.Message));
        writer.WriteString("reason", error.Reason.ToString());
        writer.WriteEndObject();
    }

    private static string Shorten(string text) => text.Length <= MaxTextCharacters ? text : text[..MaxTextCharacters];
}
