using System.IO.Compression;

namespace Sluice.Proxy.Bodies.Compression;

/// <summary>Compresses with gzip, at the level that costs the least.</summary>
internal sealed class GzipCompressor : IBodyFilter
{
    /// <summary>Octets compressed in one go: what is ready waits in memory until it is taken.</summary>
    private const int PieceBytes = 32 * 1024;

    private readonly PipeStream _output = new();
    private readonly GZipStream _encoder;
    private bool _isFinished;

    public GzipCompressor()
    {
        _encoder = new GZipStream(_output, CompressionLevel.Fastest, leaveOpen: true);
    }

    public BodyFault Fault => BodyFault.None;

    public bool TryFilter(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        consumed = 0;
        if (_output.Length == 0 && input.Length > 0)
        {
            consumed = Math.Min(input.Length, PieceBytes);
            _encoder.Write(input[..consumed]);
        }
        written = _output.Read(output);
        return true;
    }

    public void Flush(Span<byte> output, out int written)
    {
        if (_output.Length == 0)
            _encoder.Flush();
        written = _output.Read(output);
    }

    public bool TryFinish(Span<byte> output, out int written)
    {
        if (!_isFinished)
        {
            _isFinished = true;
            _encoder.Dispose();
        }
        written = _output.Read(output);
        return true;
    }

    public void Dispose()
    {
        _isFinished = true;
        _encoder.Dispose();
        _output.Dispose();
    }
}
