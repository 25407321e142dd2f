using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>A login, as its cookie says it. Times are seconds since 1970.</summary>
internal sealed record OAuth2Session
{
    /// <summary>How long a login lasts at most, however often its tokens are renewed: 7 days.</summary>
    public const long MaxAge = 7 * 24 * 60 * 60;

    /// <summary>Octets that fields made of claims may have together.</summary>
    public const int MaxFieldsLength = 4 * 1024;

    // Nothing is shown in a page: "&" and the like need no six characters.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Random; the cookies of its tokens name it.</summary>
    public required string Id { get; init; }

    /// <summary>When the user logged in.</summary>
    public required long Began { get; init; }

    /// <summary>Until when it is good without asking the provider.</summary>
    public required long Expires { get; init; }

    /// <summary>Who it is, by the ID token; null without any.</summary>
    public string? Subject { get; init; }

    /// <summary>What the backend is told of the ID token.</summary>
    public (byte[] Name, byte[] Value)[] IdFields { get; init; } = [];

    /// <summary>What the backend is told of the access token.</summary>
    public (byte[] Name, byte[] Value)[] AccessFields { get; init; } = [];

    /// <summary>Value of Authorization; null: the token is not forwarded. No part of the cookie.</summary>
    public byte[]? Authorization { get; init; }

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            writer.WriteStartObject();
            writer.WriteString("i", Id);
            writer.WriteNumber("b", Began);
            writer.WriteNumber("e", Expires);
            if (Subject is not null)
                writer.WriteString("s", Subject);
            Write(writer, "d", IdFields);
            Write(writer, "a", AccessFields);
            writer.WriteEndObject();
        }
        return stream.ToArray();
    }

    /// <param name="json">What was sealed here.</param>
    /// <param name="names">Fields that are made of claims now, in lower case: others are left out.</param>
    public static OAuth2Session? Read(byte[] json, ICollection<string> names)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            return new OAuth2Session
            {
                Id = root.GetProperty("i"u8).GetString()!,
                Began = root.GetProperty("b"u8).GetInt64(),
                Expires = root.GetProperty("e"u8).GetInt64(),
                Subject = root.TryGetProperty("s"u8, out JsonElement subject) ? subject.GetString() : null,
                IdFields = Fields(root, "d", names),
                AccessFields = Fields(root, "a", names),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Sealed by a version that says it in another way.
            return null;
        }
    }

    private static void Write(Utf8JsonWriter writer, string name, (byte[] Name, byte[] Value)[] fields)
    {
        if (fields.Length == 0)
            return;
        writer.WriteStartArray(name);
        foreach ((byte[] field, byte[] value) in fields)
        {
            writer.WriteStringValue(field);
            writer.WriteStringValue(value);
        }
        writer.WriteEndArray();
    }

    private static (byte[] Name, byte[] Value)[] Fields(JsonElement root, string name, ICollection<string> names)
    {
        var fields = new List<(byte[], byte[])>();
        if (!root.TryGetProperty(name, out JsonElement list))
            return [];
        for (int i = 0; i + 1 < list.GetArrayLength(); i += 2)
        {
            string field = list[i].GetString()!;
            if (names.Contains(field.ToLowerInvariant()))
                fields.Add((Encoding.ASCII.GetBytes(field), Encoding.UTF8.GetBytes(list[i + 1].GetString()!)));
        }
        return [.. fields];
    }
}
