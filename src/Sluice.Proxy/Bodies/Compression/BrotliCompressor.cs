using System.Buffers;
using System.IO.Compression;

namespace Sluice.Proxy.Bodies.Compression;

/// <summary>Compresses with Brotli. Quality and window are those of dynamic content: about as fast as gzip, and smaller.</summary>
internal sealed class BrotliCompressor : IBodyFilter
{
    private const int Quality = 4;
    private const int Window = 18;

    private BrotliEncoder _encoder = new(Quality, Window);
    private bool _isFinished;

    public BodyFault Fault => BodyFault.None;

    public bool TryFilter(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        _encoder.Compress(input, output, out consumed, out written, isFinalBlock: false);
        return true;
    }

    public void Flush(Span<byte> output, out int written) => _encoder.Flush(output, out written);

    public bool TryFinish(Span<byte> output, out int written)
    {
        written = 0;
        if (!_isFinished)
            _isFinished = _encoder.Compress([], output, out _, out written, isFinalBlock: true) == OperationStatus.Done;
        return true;
    }

    public void Dispose() => _encoder.Dispose();
}
