namespace Sluice.Configuration.Streaming;

/// <summary>Reads frames of a stream, one after the other.</summary>
/// <param name="stream">Read asynchronously only.</param>
/// <param name="maxBytes">Bytes that a payload may have.</param>
public sealed class FrameReader(Stream stream, int maxBytes)
{
    /// <summary>Bytes kept between frames; more is given back.</summary>
    private const int KeptBytes = 4 * 1024;

    /// <summary>Bytes of memory that an announcement alone may cost.</summary>
    private const int FirstBytes = 64 * 1024;

    private byte[] _buffer = new byte[KeptBytes];
    private int _start;
    private int _end;

    /// <summary>Bytes read so far.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The next frame, whose payload is valid until the next call; null at the end of the stream.</summary>
    /// <exception cref="StreamFormatException">The frame is too large, or the stream ends within it.</exception>
    /// <exception cref="IOException">The stream has failed.</exception>
    public async ValueTask<Frame?> ReadAsync(CancellationToken cancellationToken)
    {
        if (!await FillAsync(FrameHeader.Size, cancellationToken).ConfigureAwait(false))
            return _start == _end ? null : throw new StreamFormatException("the stream ends within a frame");
        var (length, type) = FrameHeader.Read(_buffer.AsSpan(_start));
        if (length > (uint)maxBytes)
            throw new StreamFormatException($"a frame of type {(byte)type} has {length} bytes, more than {maxBytes}");
        if (!await FillAsync(FrameHeader.Size + (int)length, cancellationToken).ConfigureAwait(false))
            throw new StreamFormatException("the stream ends within a frame");
        var payload = _buffer.AsMemory(_start + FrameHeader.Size, (int)length);
        _start += FrameHeader.Size + (int)length;
        return new Frame(type, payload);
    }

    /// <summary>Whether so many bytes have come, or the stream ends before. Memory is taken as they come, not as they are announced.</summary>
    private async ValueTask<bool> FillAsync(int count, CancellationToken cancellationToken)
    {
        while (_end - _start < count)
        {
            MakeRoom(count);
            var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return false;
            _end += read;
            BytesRead += read;
        }

        return true;
    }

    /// <summary>Makes room for more bytes behind those that are kept.</summary>
    private void MakeRoom(int wanted)
    {
        var kept = _end - _start;
        var size = kept == _buffer.Length ? Math.Min(Math.Max(2 * kept, FirstBytes), wanted)
            : kept == 0 && wanted <= KeptBytes ? KeptBytes
            : _buffer.Length;
        var buffer = size == _buffer.Length ? _buffer : new byte[size];
        _buffer.AsSpan(_start, kept).CopyTo(buffer);
        _buffer = buffer;
        (_start, _end) = (0, kept);
    }
}
