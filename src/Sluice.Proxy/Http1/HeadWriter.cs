using System.Buffers.Text;
using System.Runtime.CompilerServices;

namespace Sluice.Proxy.Http1;

/// <summary>Composes a head in a span that is known to be large enough (see Worker.ScratchSize).</summary>
internal ref struct HeadWriter(Span<byte> buffer)
{
    private readonly Span<byte> _buffer = buffer;
    private int _position;

    public readonly ReadOnlySpan<byte> Written => _buffer[.._position];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(scoped ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer[_position..]);
        _position += bytes.Length;
    }

    public void Write(byte octet) => _buffer[_position++] = octet;

    public void Write(long number)
    {
        Utf8Formatter.TryFormat(number, _buffer[_position..], out var written);
        _position += written;
    }

    public void WriteField(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        var target = _buffer[_position..];
        name.CopyTo(target);
        target[name.Length] = (byte)':';
        target[name.Length + 1] = (byte)' ';
        value.CopyTo(target[(name.Length + 2)..]);
        var end = name.Length + 2 + value.Length;
        target[end] = (byte)'\r';
        target[end + 1] = (byte)'\n';
        _position += end + 2;
    }

    public void WriteLineEnd()
    {
        _buffer[_position++] = (byte)'\r';
        _buffer[_position++] = (byte)'\n';
    }

    /// <summary>Space to write into directly; follow with <see cref="Advance"/>.</summary>
    public readonly Span<byte> Free => _buffer[_position..];

    public void Advance(int bytes) => _position += bytes;
}
