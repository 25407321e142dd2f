using Sluice.Proxy.Http;

namespace Sluice.Proxy.Http1;

/// <summary>Takes a body out of the byte stream, however it is framed.</summary>
internal struct BodyDecoder
{
    private ChunkedDecoder _chunked;
    private long _left;

    public BodyDecoder(BodyFraming framing, long contentLength)
    {
        Framing = framing;
        _left = framing == BodyFraming.Length ? contentLength : 0;
        IsDone = framing == BodyFraming.None || (framing == BodyFraming.Length && contentLength == 0);
    }

    public BodyFraming Framing { get; }

    /// <summary>Everything, trailers included, has been taken.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Bytes that are still to come, with <see cref="BodyFraming.Length"/>.</summary>
    public readonly long Left => _left;

    /// <summary>Accounts for bytes that went past without being seen here (splice).</summary>
    public void Skip(long bytes)
    {
        _left -= bytes;
        IsDone = _left == 0;
    }

    /// <summary>
    /// The next piece. Data may be empty. NeedMore: everything usable has been taken. Trailers: <paramref name="trailers"/>
    /// holds them (perhaps none) and the body is done.
    /// </summary>
    public ChunkedStatus Next(ReadOnlySpan<byte> bytes, ref int position, FieldSection trailers, int maxTrailerBytes, out ReadOnlySpan<byte> data)
    {
        data = default;
        if (Framing != BodyFraming.Chunked)
        {
            if (position == bytes.Length)
                return ChunkedStatus.NeedMore;
            var length = Framing == BodyFraming.Length ? (int)Math.Min(_left, bytes.Length - position) : bytes.Length - position;
            data = bytes.Slice(position, length);
            position += length;
            if (Framing == BodyFraming.Length)
                Skip(length);
            return ChunkedStatus.Data;
        }

        var status = _chunked.Next(bytes, ref position, out data);
        if (status != ChunkedStatus.Trailers)
            return status;

        trailers.Clear();
        var start = position;
        switch (FieldSectionParser.Parse(bytes, ref position, trailers, out _))
        {
            case ParseResult.Complete when position - start <= maxTrailerBytes:
                IsDone = true;
                return ChunkedStatus.Trailers;
            case ParseResult.NeedMore when bytes.Length - start <= maxTrailerBytes:
                position = start;
                return ChunkedStatus.NeedMore;
            default:
                return ChunkedStatus.Failed;
        }
    }
}
