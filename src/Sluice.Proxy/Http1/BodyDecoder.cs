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

    /// <summary>Why <see cref="Next"/> failed.</summary>
    public HttpError Error { get; private set; }

    /// <summary>Bytes that are still to come, with <see cref="BodyFraming.Length"/>.</summary>
    public readonly long Left => _left;

    /// <summary>Accounts for bytes that went past without being seen here (splice).</summary>
    public void Skip(long bytes)
    {
        _left -= bytes;
        IsDone = _left == 0;
    }

    /// <summary>The other side has ended it.</summary>
    public void Finish() => IsDone = true;

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
        if (status == ChunkedStatus.Failed)
            Error = HttpError.Chunk;
        if (status != ChunkedStatus.Trailers)
            return status;

        trailers.Clear();
        var start = position;
        var result = FieldSectionParser.Parse(bytes, ref position, trailers, out var error);
        if (result == ParseResult.NeedMore && bytes.Length - start <= maxTrailerBytes)
        {
            position = start;
            return ChunkedStatus.NeedMore;
        }

        Error = result == ParseResult.Failed ? error == HttpError.TooManyFields ? error : HttpError.Trailer :
            position - start > maxTrailerBytes || result == ParseResult.NeedMore ? HttpError.HeadTooLong :
            HasForbidden(trailers) ? HttpError.Trailer : HttpError.None;
        if (Error != HttpError.None)
            return ChunkedStatus.Failed;
        IsDone = true;
        return ChunkedStatus.Trailers;
    }

    /// <summary>Framing and routing in a trailer (RFC 9110 6.5.1): who merges trailers into the head would read another message.</summary>
    private static bool HasForbidden(FieldSection trailers)
    {
        foreach (ref readonly var field in trailers.Fields)
        {
            if (field.Known is KnownField.ContentLength or KnownField.TransferEncoding or KnownField.Host)
                return true;
        }

        return false;
    }
}
