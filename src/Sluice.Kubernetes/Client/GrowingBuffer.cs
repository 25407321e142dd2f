using System.Buffers;

namespace Sluice.Kubernetes.Client;

/// <summary>Bytes of a stream that were read and not yet used; grows up to a limit when what is wanted at once is longer.</summary>
internal sealed class GrowingBuffer(Stream stream, int maxBytes) : IDisposable
{
    private const int FirstSize = 32 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _start;
    private int _end;

    /// <summary>Bytes read since the beginning.</summary>
    public long Total { get; private set; }

    /// <summary>What was read and not used. Valid until the next <see cref="FillAsync"/>.</summary>
    public ReadOnlyMemory<byte> Unused => _bytes.AsMemory(_start, _end - _start);

    public void Use(int count) => _start += count;

    /// <summary>Reads more; false at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">The limit is reached.</exception>
    public async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        MakeRoom();
        var count = await stream.ReadAsync(_bytes.AsMemory(_end), cancellation).ConfigureAwait(false);
        _end += count;
        Total += count;
        return count > 0;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
        _bytes = [];
    }

    private void MakeRoom()
    {
        var unused = _end - _start;
        if (unused > maxBytes)
            throw new InvalidDataException($"one object has more than {maxBytes >> 20} MiB");
        if (_start == _end || _end == _bytes.Length)
        {
            var target = unused * 2 > _bytes.Length ? ArrayPool<byte>.Shared.Rent(_bytes.Length * 2) : _bytes;
            _bytes.AsSpan(_start, unused).CopyTo(target);
            if (target != _bytes)
                ArrayPool<byte>.Shared.Return(_bytes, clearArray: true);
            _bytes = target;
            (_start, _end) = (0, unused);
        }
    }
}
