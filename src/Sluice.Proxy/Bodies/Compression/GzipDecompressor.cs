using System.Buffers.Binary;
using System.IO.Compression;

namespace Sluice.Proxy.Bodies.Compression;

/// <summary>
/// Decompresses gzip of one member. The platform's decoder takes a body that is cut off for a whole one, so its trailer (checksum and
/// length) is compared here: a backend never gets half a body that looks like all of it.
/// </summary>
internal sealed class GzipDecompressor : IBodyFilter
{
    private const int PieceBytes = 8 * 1024;
    private const int TrailerBytes = 8;

    private readonly PipeStream _input = new();
    private readonly GZipStream _decoder;
    private readonly byte[] _tail = new byte[TrailerBytes];
    private ExpansionLimit _limit;
    private uint _checksum;
    private uint _length;
    private int _tailLength;

    public GzipDecompressor(DecompressionRule rule)
    {
        _limit = new ExpansionLimit(rule);
        _decoder = new GZipStream(_input, CompressionMode.Decompress, leaveOpen: true);
    }

    public BodyFault Fault { get; private set; }

    public bool TryFilter(ReadOnlySpan<byte> input, Span<byte> output, out int consumed, out int written)
    {
        consumed = 0;
        if (_input.Length == 0 && input.Length > 0)
        {
            consumed = Math.Min(input.Length, PieceBytes);
            _input.Write(input[..consumed]);
            KeepTail(input[..consumed]);
        }
        return TryRead(output, consumed, out written);
    }

    public void Flush(Span<byte> output, out int written) => written = 0;

    public bool TryFinish(Span<byte> output, out int written)
    {
        if (!TryRead(output, 0, out written))
            return false;
        if (written > 0)
            return true;
        var isWhole = _tailLength == TrailerBytes && BinaryPrimitives.ReadUInt32LittleEndian(_tail) == _checksum && BinaryPrimitives.ReadUInt32LittleEndian(_tail.AsSpan(4)) == _length;
        return isWhole || Fail(BodyFault.Malformed);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _input.Dispose();
    }

    private bool TryRead(Span<byte> output, int consumed, out int written)
    {
        written = 0;
        try
        {
            written = _decoder.Read(output);
        }
        catch (InvalidDataException)
        {
            return Fail(BodyFault.Malformed);
        }
        _checksum = Crc32.Append(_checksum, output[..written]);
        _length += (uint)written;
        return _limit.Allows(consumed, written) || Fail(BodyFault.TooLarge);
    }

    private void KeepTail(ReadOnlySpan<byte> input)
    {
        if (input.Length >= TrailerBytes)
        {
            input[^TrailerBytes..].CopyTo(_tail);
            _tailLength = TrailerBytes;
            return;
        }
        var kept = Math.Min(_tailLength, TrailerBytes - input.Length);
        _tail.AsSpan(_tailLength - kept, kept).CopyTo(_tail);
        input.CopyTo(_tail.AsSpan(kept));
        _tailLength = kept + input.Length;
    }

    private bool Fail(BodyFault fault)
    {
        Fault = fault;
        return false;
    }
}
