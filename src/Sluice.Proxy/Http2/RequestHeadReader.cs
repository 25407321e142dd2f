using System.Text;
using Sluice.Proxy.Engine;
using Sluice.Proxy.Http;
using Sluice.Proxy.Http1;
using Sluice.Proxy.Http2.Hpack;

namespace Sluice.Proxy.Http2;

/// <summary>
/// Heads and trailers of requests (RFC 9113 8). What it lets through says the same in HTTP/1.1: the method is a token, the path
/// goes through the same normaliser, the authority through the same check, and Host is the authority.
/// </summary>
internal sealed class RequestHeadReader(ProxyLimits limits)
{
    private readonly FieldBlockReader _reader = new(limits.HeadBytes);
    private readonly FieldBlockReader _trailerReader = new(limits.TrailerBytes);
    private readonly byte[] _cookies = new byte[limits.HeadBytes];
    private int _cookieBytes;
    private bool _hasCookies;
    private Slice _protocol;
    private Slice _scheme;
    private Slice _host;
    private PseudoFields _seen;
    private bool _regularSeen;
    private int _lengths;
    private long _length;

    [Flags]
    private enum PseudoFields : byte
    {
        None = 0,
        Method = 1,
        Scheme = 2,
        Authority = 4,
        Path = 8,
        Protocol = 16,
    }

    /// <summary>Why the last call did not succeed.</summary>
    public HttpError Error { get; private set; }

    /// <summary>Size of the field list that was read last, as RFC 9113 6.5.2 counts it.</summary>
    public int ListSize => _reader.ListSize;

    /// <summary>Whether another head can be read while those that are kept stay.</summary>
    public bool HasRoom => _reader.HasRoom;

    /// <summary>The head that was read last stays valid until <see cref="DropKept"/>.</summary>
    public void Keep() => _reader.Keep();

    public void DropKept() => _reader.DropKept();

    /// <summary>Fills the head; it is valid until the next call, unless it is kept. The block is always read to its end.</summary>
    public HeadStatus Read(BufferPool pool, ref HpackDecoder decoder, ReadOnlySpan<byte> block, RequestHead head, bool endsStream)
    {
        Begin(head, ref decoder);
        while (true)
        {
            var status = _reader.Next(pool, ref decoder, block, out var field);
            if (status == HpackStatus.Failed)
                return HeadStatus.Undecodable;
            if (status == HpackStatus.End)
                break;
            var error = IsPseudo(_reader, field) ? TakePseudo(field, head) : TakeField(field, head);
            if (error == HttpError.None)
                continue;
            Error = error;
            _reader.Skip();
        }

        if (Error != HttpError.None)
            return Error is HttpError.TooManyFields or HttpError.Expectation ? HeadStatus.Refused : HeadStatus.Malformed;
        if (_reader.IsTooLarge)
        {
            Error = HttpError.HeadTooLong;
            return HeadStatus.Refused;
        }

        return Interpret(head, endsStream);
    }

    /// <summary>Fills the trailers of a request; they are valid until the next call.</summary>
    public unsafe HeadStatus ReadTrailers(BufferPool pool, ref HpackDecoder decoder, ReadOnlySpan<byte> block, FieldSection trailers)
    {
        Error = HttpError.None;
        trailers.Clear();
        trailers.Buffer = _trailerReader.Pointer;
        var size = 0;
        _trailerReader.Begin(ref decoder);
        while (true)
        {
            var status = _trailerReader.Next(pool, ref decoder, block, out var source);
            if (status == HpackStatus.Failed)
                return HeadStatus.Undecodable;
            if (status == HpackStatus.End)
                break;
            size += source.Size;
            var error =
                IsPseudo(_trailerReader, source) ? HttpError.PseudoField :
                FieldRules.Check(_trailerReader, source, out var field) is var broken and not HttpError.None ? broken :
                field.Known is KnownField.ContentLength or KnownField.Host ? HttpError.Trailer :
                size > limits.TrailerBytes ? HttpError.HeadTooLong :
                trailers.TryAdd(field) ? HttpError.None : HttpError.TooManyFields;
            if (error == HttpError.None)
                continue;
            Error = error;
            _trailerReader.Skip();
        }

        if (Error == HttpError.None && _trailerReader.IsTooLarge)
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

    /// <summary>Puts a field into a head that was just read.</summary>
    public bool TryAdd(RequestHead head, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        var nameOffset = _reader.Append(name);
        return head.TryAdd(new Field
        {
            NameOffset = nameOffset,
            NameLength = (ushort)name.Length,
            ValueOffset = _reader.Append(value),
            ValueLength = value.Length,
            Known = FieldNames.Classify(name),
        });
    }

    private unsafe void Begin(RequestHead head, ref HpackDecoder decoder)
    {
        Error = HttpError.None;
        head.Clear();
        head.Nominated = default;
        head.Buffer = _reader.Pointer;
        head.MethodSlice = head.AuthoritySlice = head.PathSlice = head.QuerySlice = default;
        head.ExpectsContinue = false;
        head.ExplainTokens = 0;
        _protocol = _scheme = _host = default;
        _seen = PseudoFields.None;
        _regularSeen = _hasCookies = false;
        _cookieBytes = _lengths = 0;
        _length = -1;
        _reader.Begin(ref decoder);
    }

    private static bool IsPseudo(FieldBlockReader reader, in HpackField field) => field.NameLength > 0 && reader.Get(field.NameOffset, 1)[0] == ':';

    private HttpError TakePseudo(in HpackField field, RequestHead head)
    {
        // All of them first, each once, none that requests do not have (RFC 9113 8.3).
        var name = _reader.Get(field.NameOffset, field.NameLength);
        var pseudo = field.StaticName switch
        {
            HpackIndex.Method => PseudoFields.Method,
            HpackIndex.Path => PseudoFields.Path,
            HpackIndex.Scheme => PseudoFields.Scheme,
            HpackIndex.Authority => PseudoFields.Authority,
            _ =>
                name.SequenceEqual(":method"u8) ? PseudoFields.Method :
                name.SequenceEqual(":path"u8) ? PseudoFields.Path :
                name.SequenceEqual(":scheme"u8) ? PseudoFields.Scheme :
                name.SequenceEqual(":authority"u8) ? PseudoFields.Authority :
                name.SequenceEqual(":protocol"u8) ? PseudoFields.Protocol : PseudoFields.None,
        };
        if (pseudo == PseudoFields.None || _regularSeen || (_seen & pseudo) != 0)
            return HttpError.PseudoField;
        _seen |= pseudo;
        var value = new Slice(field.ValueOffset, field.ValueLength);
        switch (pseudo)
        {
            case PseudoFields.Method:
                head.MethodSlice = value;
                return FieldNames.IsToken(head.Method) ? HttpError.None : HttpError.Method;
            case PseudoFields.Path:
                head.PathSlice = value;
                return HttpError.None;
            case PseudoFields.Authority:
                head.AuthoritySlice = value;
                return HttpError.None;
            case PseudoFields.Scheme:
                _scheme = value;
                return HttpError.None;
            default:
                _protocol = value;
                return HttpError.None;
        }
    }

    private HttpError TakeField(in HpackField source, RequestHead head)
    {
        _regularSeen = true;
        var error = FieldRules.Check(_reader, source, out var field);
        if (error != HttpError.None)
            return error;
        switch (field.Known)
        {
            case KnownField.Host:
                if (_host.Length > 0 || field.ValueLength == 0)
                    return HttpError.SeveralHosts;
                _host = new Slice(field.ValueOffset, field.ValueLength);
                return HttpError.None;
            case KnownField.ContentLength:
                if (_lengths++ > 0 || !ContentLengthField.TryParse(head.ValueOf(field), out _length))
                    return HttpError.ContentLength;
                break;
            case KnownField.Expect:
                if (!Ascii.EqualsIgnoreCase(head.ValueOf(field), "100-continue"u8))
                    return HttpError.Expectation;
                head.ExpectsContinue = true;
                break;
            case KnownField.Explain:
                head.ExplainTokens++;
                head.ExplainToken = new Slice(field.ValueOffset, field.ValueLength);
                break;
            case KnownField.Other when source.StaticName == HpackIndex.Cookie || head.NameOf(field).SequenceEqual("cookie"u8):
                KeepCookie(head.ValueOf(field));
                _reader.Drop(source);
                return HttpError.None;

            // A tunnel over HTTP/2 has no key (RFC 8441 5.1); the backend gets a fresh one.
            case KnownField.Other when (_seen & PseudoFields.Protocol) != 0 && head.NameOf(field).SequenceEqual(WebSocketKey.KeyName):
                return HttpError.None;
        }

        return head.TryAdd(field) ? HttpError.None : HttpError.TooManyFields;
    }

    /// <summary>Cookies may be split for compression, and are one field everywhere else (RFC 9113 8.2.3).</summary>
    private void KeepCookie(ReadOnlySpan<byte> value)
    {
        if (_hasCookies)
        {
            "; "u8.CopyTo(_cookies.AsSpan(_cookieBytes));
            _cookieBytes += 2;
        }

        // They count more against the list's limit than they take here.
        value.CopyTo(_cookies.AsSpan(_cookieBytes));
        _cookieBytes += value.Length;
        _hasCookies = true;
    }

    /// <summary>What the fields mean together (RFC 9113 8.3.1, RFC 8441 4).</summary>
    private HeadStatus Interpret(RequestHead head, bool endsStream)
    {
        var isConnect = head.Method.SequenceEqual("CONNECT"u8);
        var isExtended = (_seen & PseudoFields.Protocol) != 0;
        if (isConnect && !isExtended)
            return (_seen & (PseudoFields.Scheme | PseudoFields.Path)) != 0 ? Malformed(HttpError.PseudoField) : Refuse(HttpError.Connect);
        const PseudoFields Needed = PseudoFields.Method | PseudoFields.Scheme | PseudoFields.Path;
        if ((_seen & Needed) != Needed || (isExtended && !isConnect))
            return Malformed(HttpError.PseudoField);
        var scheme = head.Get(_scheme);
        if (!scheme.SequenceEqual("http"u8) && !scheme.SequenceEqual("https"u8))
            return Malformed(HttpError.PseudoField);

        if (TakeHost(head) is var hostError and not HttpError.None)
            return hostError == HttpError.SeveralHosts ? Malformed(hostError) : Refuse(hostError);
        if (head.PathSlice.Length == 0)
            return Malformed(HttpError.PseudoField);
        if (head.PathSlice.Length > limits.RequestLineBytes)
            return Refuse(HttpError.RequestLineTooLong);
        if (!TakeTarget(head))
            return Refuse(HttpError.Target);
        if (_hasCookies && !TryAdd(head, "cookie"u8, _cookies.AsSpan(0, _cookieBytes)))
            return Refuse(HttpError.TooManyFields);

        head.IsWebSocketUpgrade = isExtended;
        if (isExtended && (endsStream || _length >= 0 || !Ascii.EqualsIgnoreCase(head.Get(_protocol), "websocket"u8)))
            return endsStream || _length >= 0 ? Malformed(HttpError.ContentLength) : Refuse(HttpError.Connect);
        if (isExtended)
            head.MethodSlice = new Slice(_reader.Append("GET"u8), 3);

        // A body that is announced and does not come (RFC 9113 8.1.1).
        if (endsStream && _length > 0)
            return Malformed(HttpError.ContentLength);
        head.ContentLength = _length;
        head.Framing =
            endsStream || isExtended || _length == 0 ? BodyFraming.None :
            _length > 0 ? BodyFraming.Length : BodyFraming.Chunked;
        RequestParser.ClassifyMethod(head);
        return HeadStatus.Complete;
    }

    /// <summary>Whichever of both there is; both must be the same. The head gets one Host field in any case, as in HTTP/1.1.</summary>
    private HttpError TakeHost(RequestHead head)
    {
        var hasAuthority = (_seen & PseudoFields.Authority) != 0;
        if (hasAuthority && _host.Length > 0 && !Ascii.EqualsIgnoreCase(head.Authority, head.Get(_host)))
            return HttpError.SeveralHosts;
        if (!hasAuthority)
            head.AuthoritySlice = _host;
        if (head.AuthoritySlice.Length == 0)
            return HttpError.MissingHost;
        if (!Authority.IsValid(head.Authority))
            return HttpError.Authority;
        return head.TryAdd(new Field
        {
            NameOffset = _reader.Append("host"u8),
            NameLength = 4,
            ValueOffset = head.AuthoritySlice.Offset,
            ValueLength = head.AuthoritySlice.Length,
            Known = KnownField.Host,
        }) ? HttpError.None : HttpError.TooManyFields;
    }

    private bool TakeTarget(RequestHead head)
    {
        var target = _reader.Edit(head.PathSlice.Offset, head.PathSlice.Length);
        if (target[0] != '/')
            return target.Length == 1 && target[0] == '*' && head.Method.SequenceEqual("OPTIONS"u8);
        if (target.ContainsAnyExcept(RequestParser.TargetBytes))
            return false;
        var query = target.IndexOf((byte)'?');
        var pathLength = query < 0 ? target.Length : query;
        var offset = head.PathSlice.Offset;
        if (query >= 0)
            head.QuerySlice = new Slice(offset + query, target.Length - query);
        if (!PathNormalizer.TryNormalize(target[..pathLength], out var length))
            return false;
        head.PathSlice = new Slice(offset, length);
        return true;
    }

    private HeadStatus Malformed(HttpError error)
    {
        Error = error;
        return HeadStatus.Malformed;
    }

    private HeadStatus Refuse(HttpError error)
    {
        Error = error;
        return HeadStatus.Refused;
    }
}
