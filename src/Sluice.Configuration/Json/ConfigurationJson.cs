using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Sluice.Configuration.Json;

/// <summary>
/// <see cref="ProxyConfiguration"/> as JSON and back. Every rule is written once, under an id "route#index" that the entries
/// of the virtual hosts name; reading gives them one instance again. Members that have their default are left out.
/// </summary>
public static class ConfigurationJson
{
    // Hostnames, paths and bodies are for people to read: only what JSON itself demands is escaped.
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one object, private keys left out.</summary>
    public static void Write(Utf8JsonWriter writer, ProxyConfiguration configuration) => ConfigurationWriter.Write(writer, configuration, Secrets.Hidden);

    /// <summary>UTF-8, on one line.</summary>
    public static byte[] ToBytes(ProxyConfiguration configuration, Secrets secrets)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
            ConfigurationWriter.Write(writer, configuration, secrets);
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what was written with <see cref="Secrets.Included"/>.</summary>
    /// <exception cref="JsonException">The text is no JSON, or no configuration: the message names the member.</exception>
    public static ProxyConfiguration Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        return ConfigurationReader.Read(document.RootElement);
    }
}
