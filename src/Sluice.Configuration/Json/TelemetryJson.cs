using System.Buffers;
using System.Text.Json;
using Sluice.Configuration.Telemetry;

namespace Sluice.Configuration.Json;

/// <summary><see cref="TelemetrySettings"/> alone as JSON, for comparing them by what they say.</summary>
public static class TelemetryJson
{
    /// <summary>Everything included, headers for collectors too: not to be shown.</summary>
    public static byte[] ToBytes(TelemetrySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            TelemetryWriter.Write(writer, settings, Secrets.Included);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
