using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text;

namespace Sluice.Proxy.Http2.Hpack;

/// <summary>
/// Composes a field block in a span that is known to be large enough. Stateless: only the static table is used and nothing is
/// indexed, so that a block depends on no connection and can be sent on any.
/// </summary>
internal ref struct HpackWriter(Span<byte> buffer)
{
    /// <summary>Bytes that a field may take beside its name and value.</summary>
    public const int FieldOverhead = 12;

    /// <summary>Literal without indexing, and never indexed (RFC 7541 6.2.2 and 6.2.3): four bits of prefix each.</summary>
    private const byte Literal = 0x00;
    private const byte NeverIndexed = 0x10;

    private readonly Span<byte> _buffer = buffer;
    private int _position;

    public readonly ReadOnlySpan<byte> Written => _buffer[.._position];

    /// <summary>A field that the static table has whole.</summary>
    public void WriteIndexed(int index) => _buffer[_position++] = (byte)(0x80 | index);

    /// <summary>:status (RFC 9113 8.3.2), from 100 to 999.</summary>
    public void WriteStatus(int statusCode)
    {
        var index = statusCode switch { 200 => 8, 204 => 9, 206 => 10, 304 => 11, 400 => 12, 404 => 13, 500 => 14, _ => 0 };
        if (index != 0)
        {
            WriteIndexed(index);
            return;
        }

        _buffer[_position++] = Literal | HpackIndex.Status;
        _buffer[_position++] = 3;
        _buffer[_position++] = (byte)('0' + (statusCode / 100));
        _buffer[_position++] = (byte)('0' + (statusCode / 10 % 10));
        _buffer[_position++] = (byte)('0' + (statusCode % 10));
    }

    /// <summary>A field whose name the static table has at an index.</summary>
    public void WriteField(int nameIndex, ReadOnlySpan<byte> value, bool neverIndexed = false)
    {
        WriteIndex(nameIndex, neverIndexed);
        WriteString(value);
    }

    /// <summary>A field whose value is a number.</summary>
    public void WriteField(int nameIndex, long value)
    {
        WriteIndex(nameIndex, neverIndexed: false);
        Utf8Formatter.TryFormat(value, _buffer[(_position + 1)..], out var length);
        _buffer[_position] = (byte)length;
        _position += 1 + length;
    }

    /// <summary>
    /// A field whose name is written in lower case, as HTTP/2 wants it (RFC 9113 8.2.1). Credentials are never indexed
    /// (RFC 7541 7.1.3), nor is what came so.
    /// </summary>
    public void WriteField(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value, bool neverIndexed = false)
    {
        var index = HpackStaticTable.Find(name);
        if (index != 0)
        {
            WriteIndex(index, neverIndexed || IsSecret(index));
        }
        else
        {
            _buffer[_position++] = neverIndexed ? NeverIndexed : Literal;
            _position += HpackInteger.Write(_buffer[_position..], 0, 7, name.Length);
            Ascii.ToLower(name, _buffer[_position..], out _);
            _position += name.Length;
        }

        WriteString(value);
    }

    private void WriteIndex(int nameIndex, bool neverIndexed) =>
        _position += HpackInteger.Write(_buffer[_position..], neverIndexed ? NeverIndexed : Literal, 4, nameIndex);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteString(scoped ReadOnlySpan<byte> value)
    {
        _position += HpackInteger.Write(_buffer[_position..], 0, 7, value.Length);
        value.CopyTo(_buffer[_position..]);
        _position += value.Length;
    }

    private static bool IsSecret(int nameIndex) =>
        nameIndex is HpackIndex.Authorization or HpackIndex.ProxyAuthorization or HpackIndex.Cookie or HpackIndex.SetCookie;
}
