using System.Buffers.Text;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Http1;

/// <summary>Writes the chunked transfer coding (RFC 9112 7.1).</summary>
internal static class ChunkedWriter
{
    /// <summary>Eight digits, CR, LF.</summary>
    public const int MaxSizeLine = 10;

    public static ReadOnlySpan<byte> SizeLine(Span<byte> buffer, int length)
    {
        Utf8Formatter.TryFormat((uint)length, buffer, out var digits, 'x');
        buffer[digits] = (byte)'\r';
        buffer[digits + 1] = (byte)'\n';
        return buffer[..(digits + 2)];
    }

    /// <summary>The last chunk and the trailers, without those that must not stand there (RFC 9110 6.5.1).</summary>
    public static void WriteEnd(StreamConnection connection, FieldSection? trailers)
    {
        if (trailers is null)
        {
            connection.Write("0\r\n\r\n"u8);
            return;
        }

        var writer = new HeadWriter(connection.Worker.Scratch);
        writer.Write("0\r\n"u8);
        foreach (ref readonly var field in trailers.Fields)
        {
            if (field.Known == KnownField.Other)
                writer.WriteField(trailers.NameOf(field), trailers.ValueOf(field));
        }

        writer.WriteLineEnd();
        connection.Write(writer.Written);
    }
}
