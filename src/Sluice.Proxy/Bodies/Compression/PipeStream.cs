namespace Sluice.Proxy.Bodies.Compression;

/// <summary>Octets written on one side and read on the other; at its end for the moment when there are none.</summary>
internal sealed class PipeStream : Stream
{
    private byte[] _bytes = [];
    private int _start;
    private int _end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    /// <summary>Octets that can be read.</summary>
    public override long Length => _end - _start;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _end - _start);
        _bytes.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        if (_start == _end)
            _start = _end = 0;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_bytes.Length - _end < buffer.Length)
        {
            var bytes = _end - _start + buffer.Length <= _bytes.Length ? _bytes : new byte[Math.Max(4096, Math.Max(2 * _bytes.Length, _end - _start + buffer.Length))];
            _bytes.AsSpan(_start.._end).CopyTo(bytes);
            _bytes = bytes;
            _end -= _start;
            _start = 0;
        }
        buffer.CopyTo(_bytes.AsSpan(_end));
        _end += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
