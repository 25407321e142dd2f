namespace Sluice.Proxy.Http1;

/// <summary>
/// The chunked transfer coding (RFC 9112 7.1), piece by piece over whatever bytes have come. Strict: hexadecimal sizes without
/// sign, prefix or white space, CRLF only; extensions are dropped.
/// </summary>
internal struct ChunkedDecoder
{
    /// <summary>Bytes of one chunk's extensions. More is refused: nobody uses them, attackers do.</summary>
    private const int MaxExtensionBytes = 512;

    /// <summary>Hexadecimal digits of a size, leading zeros included.</summary>
    private const int MaxSizeDigits = 15;

    private State _state;
    private long _left;
    private int _count;

    private enum State : byte
    {
        Size,
        Extension,
        SizeLineFeed,
        Data,
        DataCarriageReturn,
        DataLineFeed,
        Trailers,
    }

    /// <summary>
    /// Advances <paramref name="position"/>. Data: <paramref name="data"/> is the next piece of the body. Trailers: the last
    /// chunk is over and the trailer section begins at the position.
    /// </summary>
    public ChunkedStatus Next(ReadOnlySpan<byte> bytes, ref int position, out ReadOnlySpan<byte> data)
    {
        data = default;
        while (position < bytes.Length)
        {
            var octet = bytes[position];
            switch (_state)
            {
                case State.Size:
                    var digit = Hex(octet);
                    if (digit >= 0)
                    {
                        if (++_count > MaxSizeDigits)
                            return ChunkedStatus.Failed;
                        _left = (_left << 4) | (uint)digit;
                        position++;
                        continue;
                    }

                    if (_count == 0 || octet is not ((byte)'\r' or (byte)';'))
                        return ChunkedStatus.Failed;
                    _state = octet == '\r' ? State.SizeLineFeed : State.Extension;
                    _count = 0;
                    position++;
                    continue;

                case State.Extension:
                    if (++_count > MaxExtensionBytes || (octet < 0x20 && octet is not ((byte)'\r' or (byte)'\t')) || octet == 0x7f)
                        return ChunkedStatus.Failed;
                    if (octet == '\r')
                        _state = State.SizeLineFeed;
                    position++;
                    continue;

                case State.SizeLineFeed:
                    if (octet != '\n')
                        return ChunkedStatus.Failed;
                    position++;
                    _count = 0;
                    if (_left == 0)
                    {
                        _state = State.Trailers;
                        return ChunkedStatus.Trailers;
                    }

                    _state = State.Data;
                    continue;

                case State.Data:
                    var length = (int)Math.Min(_left, bytes.Length - position);
                    data = bytes.Slice(position, length);
                    position += length;
                    _left -= length;
                    if (_left == 0)
                        _state = State.DataCarriageReturn;
                    return ChunkedStatus.Data;

                case State.DataCarriageReturn:
                    if (octet != '\r')
                        return ChunkedStatus.Failed;
                    _state = State.DataLineFeed;
                    position++;
                    continue;

                case State.DataLineFeed:
                    if (octet != '\n')
                        return ChunkedStatus.Failed;
                    _state = State.Size;
                    position++;
                    continue;

                default:
                    return ChunkedStatus.Trailers;
            }
        }

        return _state == State.Trailers ? ChunkedStatus.Trailers : ChunkedStatus.NeedMore;
    }

    private static int Hex(byte octet) => octet switch
    {
        >= (byte)'0' and <= (byte)'9' => octet - '0',
        >= (byte)'a' and <= (byte)'f' => octet - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => octet - 'A' + 10,
        _ => -1,
    };
}
