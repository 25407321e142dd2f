using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Sluice.Controller.RateLimits.Redis;

/// <summary>Reads the answers of a Redis server to INCRBY, EXPIRE and AUTH (RESP2): numbers, simple texts, errors and short bulk texts.</summary>
internal static class RespReader
{
    /// <summary>Octets of an answer, far more than these have.</summary>
    private const int MaxBytes = 4096;

    /// <summary>Takes the next answer out of what has come; false when it is not complete.</summary>
    /// <param name="input">What has come.</param>
    /// <param name="number">A number, or 0.</param>
    /// <param name="error">What the server complains about; null: nothing.</param>
    /// <exception cref="IOException">It is no answer.</exception>
    public static bool TryRead(ref ReadOnlySequence<byte> input, out long number, out string? error)
    {
        number = 0;
        error = null;
        var reader = new SequenceReader<byte>(input);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> line, "\r\n"u8))
            return input.Length > MaxBytes ? throw new IOException("the server's answer has no end") : false;
        if (line.Length is 0 or > MaxBytes)
            throw new IOException("the server's answer is none of Redis");
        Span<byte> text = stackalloc byte[(int)line.Length];
        line.CopyTo(text);
        switch (text[0])
        {
            case (byte)':' when Utf8Parser.TryParse(text[1..], out number, out var length) && length == text.Length - 1:
            case (byte)'+':
                break;
            case (byte)'-':
                error = Encoding.UTF8.GetString(text[1..]);
                break;
            case (byte)'$' when Utf8Parser.TryParse(text[1..], out int size, out _) && size is >= -1 and < MaxBytes:
                if (size >= 0 && reader.Remaining < size + 2)
                    return false;
                if (size >= 0)
                    reader.Advance(size + 2);
                break;
            default:
                throw new IOException("the server's answer is none of Redis");
        }
        input = input.Slice(reader.Position);
        return true;
    }
}
