using System.Buffers;
using ZstdSharp.Unsafe;
using Encoder = ZstdSharp.Compressor;

namespace Sluice.Proxy.Bodies.Compression;

/// <summary>Compresses with Zstandard, at the level that costs the least and with a small window: there are many of these at a time.</summary>
internal sealed class ZstdCompressor : IBodyFilter
{
    private const int Level = 1;
    private const int WindowLog = 18;

    private readonly Encoder _encoder = new(Level);
    private bool _isFinished;

    public ZstdCompressor()
    {
        _encoder.SetParameter(ZSTD_cParameter.ZSTD_c_windowLog, WindowLog);
    }

    public BodyFault Fault => BodyFault.None;

    public bool TryFilter(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        _encoder.WrapStream(input, output, out consumed, out written, isFinalBlock: false);
        return true;
    }

    public void Flush(Span<byte> output, out int written) => _encoder.FlushStream(output, out written);

    public bool TryFinish(Span<byte> output, out int written)
    {
        written = 0;
        if (!_isFinished)
            _isFinished = _encoder.WrapStream([], output, out _, out written, isFinalBlock: true) == OperationStatus.Done;
        return true;
    }

    public void Dispose() => _encoder.Dispose();
}
