using System.Buffers;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Sluice.Proxy.Bodies.Compression;

/// <summary>Decompresses Zstandard, a frame or several. A window of more than 8 MiB is refused (RFC 9659 3).</summary>
internal sealed class ZstdDecompressor : IBodyFilter
{
    private const int MaxWindowLog = 23;

    private readonly Decompressor _decoder = new();
    private ExpansionLimit _limit;
    private bool _isBetweenFrames;

    public ZstdDecompressor(DecompressionRule rule)
    {
        _limit = new ExpansionLimit(rule);
        _decoder.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
    }

    public BodyFault Fault { get; private set; }

    public bool TryFilter(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        consumed = written = 0;

        // Between two frames there is nothing that could still be given.
        if (input.Length == 0 && _isBetweenFrames)
            return true;
        var status = Unwrap(input, output, out consumed, out written);
        if (status == OperationStatus.InvalidData)
            return Fail(BodyFault.Malformed);
        _isBetweenFrames = status == OperationStatus.Done;
        return _limit.Allows(consumed, written) || Fail(BodyFault.TooLarge);
    }

    public void Flush(Span<byte> output, out int written) => written = 0;

    public bool TryFinish(Span<byte> output, out int written) =>
        TryFilter([], output, out _, out written) && (_isBetweenFrames || written > 0 || Fail(BodyFault.Malformed));

    public void Dispose() => _decoder.Dispose();

    private OperationStatus Unwrap(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        try
        {
            return _decoder.UnwrapStream(input, output, out consumed, out written);
        }
        catch (ZstdException)
        {
            consumed = written = 0;
            return OperationStatus.InvalidData;
        }
    }

    private bool Fail(BodyFault fault)
    {
        Fault = fault;
        return false;
    }
}
