using System.IO.Compression;

namespace Sluice.Exporter.Exposition;

/// <summary>
/// Collects small parts to pieces that are worth sending, compressed or not. Compressing happens in memory: what a slow client does
/// not take is never waited for within the compressor, which cannot be interrupted.
/// </summary>
internal sealed class PieceWriter : IDisposable
{
    private const int PieceBytes = 256 * 1024;

    private readonly byte[] _piece = new byte[PieceBytes];
    private readonly MemoryStream _compressed = new();
    private readonly GZipStream? _gzip;
    private int _used;

    public PieceWriter(bool isCompressed) => _gzip = isCompressed ? new GZipStream(_compressed, CompressionLevel.Fastest, leaveOpen: true) : null;

    /// <summary>Nothing more can be added before <see cref="FlushAsync"/>.</summary>
    public bool IsFull => _used == PieceBytes;

    /// <summary>Takes as much as there is room for; gives how much that was.</summary>
    public int Add(ReadOnlySpan<byte> part)
    {
        var count = Math.Min(part.Length, PieceBytes - _used);
        part[..count].CopyTo(_piece.AsSpan(_used));
        _used += count;
        return count;
    }

    /// <summary>There is no more: what the compressor holds back comes with the next <see cref="FlushAsync"/>.</summary>
    public void Complete()
    {
        if (_gzip is null)
            return;
        _gzip.Write(_piece, 0, _used);
        _used = 0;
        _gzip.Dispose();
    }

    public async Task FlushAsync(Stream output, CancellationToken cancellation)
    {
        if (_gzip is null)
        {
            await output.WriteAsync(_piece.AsMemory(0, _used), cancellation).ConfigureAwait(false);
            _used = 0;
            return;
        }

        if (_used > 0)
            _gzip.Write(_piece, 0, _used);
        _used = 0;
        if (_compressed.Length == 0)
            return;
        await output.WriteAsync(_compressed.GetBuffer().AsMemory(0, (int)_compressed.Length), cancellation).ConfigureAwait(false);
        _compressed.SetLength(0);
    }

    public void Dispose()
    {
        _gzip?.Dispose();
        _compressed.Dispose();
    }
}
