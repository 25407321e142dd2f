using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace Sluice.Cli.Echo;

/// <summary>
/// Lets one cleartext port take HTTP/1.1 and HTTP/2 with prior knowledge (RFC 9113 section 3.3): a connection that begins with
/// the client preface is handed to the pipeline of the port that speaks HTTP/2 only.
/// </summary>
internal sealed class PrefaceSwitch
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    private ConnectionDelegate? _http2;

    public ConnectionDelegate CaptureHttp2(ConnectionDelegate next) => _http2 = next;

    public ConnectionDelegate Switch(ConnectionDelegate next) => async connection =>
    {
        var isHttp2 = await BeginsWithPrefaceAsync(connection);
        await (isHttp2 && _http2 is not null ? _http2(connection) : next(connection));
    };

    private static async Task<bool> BeginsWithPrefaceAsync(ConnectionContext connection)
    {
        var input = connection.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(connection.ConnectionClosed);
            var verdict = Compare(read.Buffer);
            var undecided = verdict is null && !read.IsCompleted && !read.IsCanceled;
            // What was not decided on is examined, so that the next read waits for more bytes.
            input.AdvanceTo(read.Buffer.Start, undecided ? read.Buffer.End : read.Buffer.Start);
            if (!undecided)
                return verdict ?? false;
        }
    }

    /// <summary>Null while the bytes so far are a proper prefix of the preface.</summary>
    private static bool? Compare(in ReadOnlySequence<byte> buffer)
    {
        var length = (int)Math.Min(buffer.Length, Preface.Length);
        Span<byte> start = stackalloc byte[length];
        buffer.Slice(0, length).CopyTo(start);
        if (!Preface[..length].SequenceEqual(start))
            return false;
        return length == Preface.Length ? true : null;
    }
}
