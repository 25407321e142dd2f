using Sluice.Proxy.Telemetry.Records;

namespace Sluice.Proxy.Telemetry.Otlp;

/// <summary>Messages of the collector's services, made of records that are encoded already, and their answers.</summary>
internal static class OtlpMessage
{
    private const int ScopeField = 1;

    /// <summary>Bytes that stand in front of the records at the most, beside the resource.</summary>
    private const int Overhead = 128;

    /// <summary>ExportTraceServiceRequest or ExportLogsServiceRequest; both have the same form.</summary>
    public static byte[] Request(OtlpStream stream, RecordBuffer buffer)
    {
        var writer = new ProtobufWriter(new byte[Overhead + stream.Resource.Length + buffer.Length]);
        var resources = writer.Begin(1);
        writer.Bytes(1, stream.Resource);
        var scopes = writer.Begin(2);
        var scope = writer.Begin(ScopeField);
        writer.Text(1, "sluice"u8);
        writer.End(scope);
        writer.Raw(buffer.Written);
        writer.End(scopes);
        writer.End(resources);
        var bytes = new byte[writer.Length];
        writer.CopyTo(bytes);
        return bytes;
    }

    /// <summary>How many records the collector did not take (partial_success.rejected_spans or rejected_log_records).</summary>
    public static long Rejected(ReadOnlySpan<byte> response)
    {
        if (!TryFind(response, 1, out var partial, out _))
            return 0;
        return TryFind(partial, 1, out _, out var rejected) ? rejected : 0;
    }

    /// <summary>The first field with this number. What cannot be read ends the search.</summary>
    private static bool TryFind(ReadOnlySpan<byte> message, int field, out ReadOnlySpan<byte> bytes, out long number)
    {
        bytes = default;
        number = 0;
        while (TryReadVarint(ref message, out var tag))
        {
            ulong length;
            switch (tag & 7)
            {
                case 0:
                    if (!TryReadVarint(ref message, out var value))
                        return false;
                    if ((int)(tag >> 3) == field)
                    {
                        number = (long)value;
                        return true;
                    }

                    continue;
                case 1:
                    length = 8;
                    break;
                case 2:
                    if (!TryReadVarint(ref message, out length))
                        return false;
                    break;
                case 5:
                    length = 4;
                    break;
                default:
                    return false;
            }

            if (length > (ulong)message.Length)
                return false;
            if ((int)(tag >> 3) == field && (tag & 7) == 2)
            {
                bytes = message[..(int)length];
                return true;
            }

            message = message[(int)length..];
        }

        return false;
    }

    private static bool TryReadVarint(ref ReadOnlySpan<byte> message, out ulong value)
    {
        value = 0;
        for (var i = 0; i < message.Length && i < 10; i++)
        {
            value |= (ulong)(message[i] & 0x7f) << (7 * i);
            if ((message[i] & 0x80) != 0)
                continue;
            message = message[(i + 1)..];
            return true;
        }

        return false;
    }
}
