using System.Buffers;
using System.Text.Json;

namespace Sluice.Kubernetes.Client;

/// <summary>meta/v1 DeleteOptions.</summary>
internal static class DeleteBody
{
    /// <summary>Empty when nothing is asked for.</summary>
    public static ReadOnlyMemory<byte> Write(DeleteOptions options)
    {
        if (options == DeleteOptions.Default)
            return default;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("kind"u8, "DeleteOptions"u8);
            writer.WriteString("apiVersion"u8, "v1"u8);
            if (options.GracePeriodSeconds is { } seconds)
                writer.WriteNumber("gracePeriodSeconds"u8, seconds);
            if (options.PropagationPolicy is { } policy)
                writer.WriteString("propagationPolicy"u8, policy);
            if (options.Uid is not null || options.ResourceVersion is not null)
            {
                writer.WriteStartObject("preconditions"u8);
                if (options.Uid is { } uid)
                    writer.WriteString("uid"u8, uid);
                if (options.ResourceVersion is { } version)
                    writer.WriteString("resourceVersion"u8, version);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
