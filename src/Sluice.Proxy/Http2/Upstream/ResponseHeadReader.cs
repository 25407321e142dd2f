using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http2.Hpack;

namespace Sluice.Proxy.Http2.Upstream;

/// <summary>
/// Heads and trailers of responses (RFC 9113 8.2 and 8.3.2). As strict as for HTTP/1.1: what could not have been sent there is
/// malformed, so that nothing can be smuggled to a client that speaks it. A block is always read to its end.
/// </summary>
internal sealed class ResponseHeadReader(ProxyLimits limits)
{
    private readonly FieldBlockReader _reader = new(limits.HeadBytes);

    /// <summary>Why the last call did not succeed.</summary>
    public HttpError Error { get; private set; }

    /// <summary>Fills status, fields and Content-Length of the head; it is valid until the next call.</summary>
    public unsafe HeadStatus Read(BufferPool pool, ref HpackDecoder decoder, ReadOnlySpan<byte> block, ResponseHead head)
    {
        Error = HttpError.None;
        head.Clear();
        head.Buffer = _reader.Pointer;
        head.Nominated = default;
        head.StatusCode = 0;
        head.ReasonSlice = default;
        head.ContentLength = -1;
        head.IsWebSocketUpgrade = false;
        _reader.Begin(ref decoder);
        while (_reader.Next(pool, ref decoder, block, out var source) is var status && status != HpackStatus.End)
        {
            if (status == HpackStatus.Failed)
                return HeadStatus.Undecodable;
            Note(IsPseudo(source) ? TakeStatus(source, head) : TakeField(source, head));
        }

        // 101 has no meaning here (RFC 9113 8.6).
        if (Error == HttpError.None)
            Error = _reader.IsTooLarge ? HttpError.HeadTooLong : head.StatusCode is 0 or 101 ? HttpError.StatusLine : HttpError.None;
        return Error == HttpError.None ? HeadStatus.Complete : HeadStatus.Malformed;
    }

    /// <summary>Fills the trailers of a response; they are valid until the next call.</summary>
    public unsafe HeadStatus ReadTrailers(BufferPool pool, ref HpackDecoder decoder, ReadOnlySpan<byte> block, FieldSection trailers)
    {
        Error = HttpError.None;
        trailers.Clear();
        trailers.Buffer = _reader.Pointer;
        var size = 0;
        _reader.Begin(ref decoder);
        while (_reader.Next(pool, ref decoder, block, out var source) is var status && status != HpackStatus.End)
        {
            if (status == HpackStatus.Failed)
                return HeadStatus.Undecodable;
            size += source.Size;
            Note(
                IsPseudo(source) ? HttpError.PseudoField :
                FieldRules.Check(_reader, source, out var field) is var broken and not HttpError.None ? broken :
                field.Known is KnownField.ContentLength or KnownField.Host ? HttpError.Trailer :
                size > limits.TrailerBytes ? HttpError.HeadTooLong :
                trailers.TryAdd(field) ? HttpError.None : HttpError.TooManyFields);
        }

        if (Error == HttpError.None && _reader.IsTooLarge)
            Error = HttpError.HeadTooLong;
        return Error == HttpError.None ? HeadStatus.Complete : HeadStatus.Malformed;
    }

    /// <summary>Reads a block for what it does to the table alone; false when it is malformed.</summary>
    public bool TrySkip(BufferPool pool, ref HpackDecoder decoder, ReadOnlySpan<byte> block)
    {
        _reader.Begin(ref decoder);
        _reader.Skip();
        return _reader.Next(pool, ref decoder, block, out _) == HpackStatus.End;
    }

    /// <summary>HTTP/2 has no reason phrases, HTTP/1.1 clients like them.</summary>
    public void AddReason(ResponseHead head)
    {
        var reason = StatusText.Reason(head.StatusCode);
        head.ReasonSlice = new Slice(_reader.Append(reason), reason.Length);
    }

    /// <summary>
    /// Makes a 2xx to extended CONNECT what it says in HTTP/1.1 (RFC 8441 5): 101, with the proof that the client's key was seen.
    /// </summary>
    public void MakeSwitch(ResponseHead head, ReadOnlySpan<byte> accept)
    {
        head.StatusCode = 101;
        head.IsWebSocketUpgrade = true;
        head.Framing = BodyFraming.UntilClose;
        head.ContentLength = -1;
        if (accept.Length == 0)
            return;
        head.TryAdd(new Field
        {
            NameOffset = _reader.Append(WebSocketKey.AcceptName),
            NameLength = (ushort)WebSocketKey.AcceptName.Length,
            ValueOffset = _reader.Append(accept),
            ValueLength = accept.Length,
        });
    }

    private void Note(HttpError error)
    {
        if (error == HttpError.None)
            return;
        Error = error;
        _reader.Skip();
    }

    private bool IsPseudo(in HpackField field) => field.NameLength > 0 && _reader.Get(field.NameOffset, 1)[0] == ':';

    private HttpError TakeStatus(in HpackField source, ResponseHead head)
    {
        if (head.StatusCode != 0 || head.FieldCount > 0 || !_reader.Get(source.NameOffset, source.NameLength).SequenceEqual(":status"u8))
            return HttpError.PseudoField;
        var value = _reader.Get(source.ValueOffset, source.ValueLength);
        if (value.Length != 3 || value.ContainsAnyExceptInRange((byte)'0', (byte)'9') || value[0] is (byte)'0' or > (byte)'5')
            return HttpError.StatusLine;
        head.StatusCode = ((value[0] - '0') * 100) + ((value[1] - '0') * 10) + (value[2] - '0');
        return HttpError.None;
    }

    private HttpError TakeField(in HpackField source, ResponseHead head)
    {
        if (head.StatusCode == 0)
            return HttpError.PseudoField;
        if (FieldRules.Check(_reader, source, out var field) is var broken and not HttpError.None)
            return broken;
        if (field.Known == KnownField.ContentLength)
        {
            if (head.ContentLength >= 0 || !ContentLengthField.TryParse(head.ValueOf(field), out var length))
                return HttpError.ContentLength;
            head.ContentLength = length;
        }

        return head.TryAdd(field) ? HttpError.None : HttpError.TooManyFields;
    }
}
