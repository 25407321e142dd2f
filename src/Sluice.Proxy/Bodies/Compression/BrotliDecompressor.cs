using System.Buffers;
using System.IO.Compression;

namespace Sluice.Proxy.Bodies.Compression;

internal sealed class BrotliDecompressor(DecompressionRule rule) : IBodyFilter
{
    private BrotliDecoder _decoder;
    private ExpansionLimit _limit = new(rule);
    private bool _isDone;

    public BodyFault Fault { get; private set; }

    public bool TryFilter(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        consumed = written = 0;
        if (_isDone)
            return input.Length == 0 || Fail(BodyFault.Malformed);
        var status = _decoder.Decompress(input, output, out consumed, out written);
        _isDone = status == OperationStatus.Done;
        if (status == OperationStatus.InvalidData)
            return Fail(BodyFault.Malformed);
        return _limit.Allows(consumed, written) || Fail(BodyFault.TooLarge);
    }

    public void Flush(Span<byte> output, out int written) => written = 0;

    public bool TryFinish(Span<byte> output, out int written)
    {
        written = 0;
        return (_isDone || TryFilter([], output, out _, out written)) && (_isDone || written > 0 || Fail(BodyFault.Malformed));
    }

    public void Dispose() => _decoder.Dispose();

    private bool Fail(BodyFault fault)
    {
        Fault = fault;
        return false;
    }
}
