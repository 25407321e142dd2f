using System.Buffers;
using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Http1;

/// <summary>
/// Request heads of HTTP/1.0 and HTTP/1.1 (RFC 9112 2 to 6). One pass over the bytes; a head that is not complete yet is
/// parsed again from its start when more has come. Path normalisation rewrites the bytes in place.
/// </summary>
internal sealed class RequestParser(ProxyLimits limits)
{
    /// <summary>
    /// VCHAR without "#": a fragment never stands in a request target (RFC 9112 3.2). More than RFC 3986 has, because browsers
    /// send more; "\" only passes in a query.
    /// </summary>
    public static readonly SearchValues<byte> TargetBytes =
        SearchValues.Create("!\"$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>Bytes that the next head may have.</summary>
    public int HeadBytes { get; set; } = limits.HeadBytes;

    /// <summary>Why the last call failed.</summary>
    public HttpError Error { get; private set; }

    /// <summary>HTTP/1.1, as opposed to 1.0.</summary>
    public bool IsHttp11 { get; private set; }

    /// <summary>Whether the connection may serve another request after this one (RFC 9112 9.3).</summary>
    public bool KeepAlive { get; private set; }

    /// <summary>Parses a head at the start of the bytes; on success <paramref name="consumed"/> is its length.</summary>
    public ParseResult Parse(Span<byte> bytes, RequestHead head, out int consumed)
    {
        Error = HttpError.None;
        consumed = 0;
        var position = 0;

        // One or two empty lines before a request are forgiven (RFC 9112 2.2): old clients send them after a body.
        for (var i = 0; i < 2 && bytes.Length - position >= 2 && bytes[position] == '\r' && bytes[position + 1] == '\n'; i++)
            position += 2;

        head.Clear();
        head.Nominated = default;
        var result = ParseRequestLine(bytes, ref position, head, out var target);
        if (result == ParseResult.Complete)
        {
            result = FieldSectionParser.Parse(bytes, ref position, head, out var error);
            if (result == ParseResult.Failed)
                return Fail(error);
        }

        if (result == ParseResult.NeedMore)
            return bytes.Length > HeadBytes ? Fail(HttpError.HeadTooLong) : CheckPartial(bytes);
        if (result == ParseResult.Failed)
            return result;
        if (position > HeadBytes)
            return Fail(HttpError.HeadTooLong);

        // Only now: normalising rewrites the bytes, which must not happen to a head that will be parsed again.
        consumed = position;
        return ParseTarget(bytes, target, head, out var absoluteForm) == ParseResult.Complete
            ? Interpret(head, absoluteForm)
            : ParseResult.Failed;
    }

    private ParseResult ParseRequestLine(ReadOnlySpan<byte> bytes, ref int position, RequestHead head, out Slice targetSlice)
    {
        targetSlice = default;
        var line = bytes[position..];
        var methodLength = line.IndexOfAnyExcept(FieldNames.TokenBytes);
        if (methodLength < 0)
            return line.Length > limits.RequestLineBytes ? Fail(HttpError.RequestLineTooLong) : ParseResult.NeedMore;
        if (methodLength == 0 || line[methodLength] != ' ')
            return line[0] == '\r' && line.Length == 1 ? ParseResult.NeedMore : Fail(HttpError.RequestLine);
        head.MethodSlice = new Slice(position, methodLength);

        var target = line[(methodLength + 1)..];
        var targetLength = target.IndexOfAnyExcept(TargetBytes);
        if (targetLength < 0 || methodLength + targetLength > limits.RequestLineBytes)
            return line.Length > limits.RequestLineBytes ? Fail(HttpError.RequestLineTooLong) : ParseResult.NeedMore;
        if (targetLength == 0 || target[targetLength] != ' ')
            return Fail(target[targetLength] is (byte)'\r' or (byte)'\n' or (byte)' ' ? HttpError.RequestLine : HttpError.Target);

        var version = target[(targetLength + 1)..];
        if (version.Length < 10 || !version.StartsWith("HTTP/1."u8) || version[7] is not ((byte)'0' or (byte)'1') || version[8] != '\r' || version[9] != '\n')
            return CheckVersion(version);
        IsHttp11 = version[7] == '1';

        var targetStart = position + methodLength + 1;
        position = targetStart + targetLength + 11;
        targetSlice = new Slice(targetStart, targetLength);
        return ParseResult.Complete;
    }

    /// <summary>Another version than 1.0 and 1.1 (505), no version at all (400), or not enough of it yet.</summary>
    private ParseResult CheckVersion(ReadOnlySpan<byte> version)
    {
        for (var i = 0; i < Math.Min(version.Length, 10); i++)
        {
            var octet = version[i];
            var fits = i switch
            {
                < 5 => octet == "HTTP/"u8[i],
                5 or 7 => octet is >= (byte)'0' and <= (byte)'9',
                6 => octet == '.',
                8 => octet == '\r',
                _ => octet == '\n',
            };
            if (!fits)
                return Fail(octet == '\n' ? HttpError.BareLineFeed : HttpError.RequestLine);
        }

        return version.Length < 10 ? ParseResult.NeedMore : Fail(HttpError.Version);
    }

    private ParseResult ParseTarget(Span<byte> bytes, Slice target, RequestHead head, out bool absoluteForm)
    {
        absoluteForm = false;
        var method = bytes.Slice(head.MethodSlice.Offset, head.MethodSlice.Length);
        if (method.SequenceEqual("CONNECT"u8))
            return Fail(HttpError.Connect);

        var span = bytes.Slice(target.Offset, target.Length);
        if (span[0] != '/')
        {
            if (span.Length == 1 && span[0] == '*' && method.SequenceEqual("OPTIONS"u8))
            {
                head.PathSlice = target;
                head.QuerySlice = default;
                return ParseResult.Complete;
            }

            // absolute-form (RFC 9112 3.2.2): on a cleartext connection only "http" can be meant.
            if (span.Length < 8 || !Ascii.EqualsIgnoreCase(span[..7], "http://"u8))
                return Fail(HttpError.Target);
            var rest = span[7..];
            var authorityLength = rest.IndexOfAny((byte)'/', (byte)'?');
            if (authorityLength < 0)
                authorityLength = rest.Length;
            head.AuthoritySlice = new Slice(target.Offset + 7, authorityLength);
            absoluteForm = true;

            var skipped = 7 + authorityLength;
            target = new Slice(target.Offset + skipped, target.Length - skipped);
            span = bytes.Slice(target.Offset, target.Length);
            if (span.Length == 0 || span[0] == '?')
            {
                // "http://host" and "http://host?q" mean the path "/": the second slash of "//" lends itself.
                head.QuerySlice = target;
                head.PathSlice = new Slice(target.Offset - authorityLength - 1, 1);
                return ParseResult.Complete;
            }
        }

        var query = span.IndexOf((byte)'?');
        var pathLength = query < 0 ? span.Length : query;
        head.QuerySlice = query < 0 ? default : new Slice(target.Offset + query, target.Length - query);
        if (!PathNormalizer.TryNormalize(span[..pathLength], out var normalizedLength))
            return Fail(HttpError.Target);
        head.PathSlice = new Slice(target.Offset, normalizedLength);
        return ParseResult.Complete;
    }

    /// <summary>What the fields mean for the connection and the body (RFC 9112 6 and 9, RFC 9110 7.2).</summary>
    private ParseResult Interpret(RequestHead head, bool absoluteForm)
    {
        var hosts = 0;
        var lengths = 0;
        var encodings = 0;
        var options = new ConnectionOptions();
        var upgradeIsWebSocket = false;
        long length = -1;
        ReadOnlySpan<byte> codings = default;
        head.ExpectsContinue = false;
        head.ExplainTokens = 0;

        foreach (ref readonly var field in head.Fields)
        {
            switch (field.Known)
            {
                case KnownField.Host:
                    if (hosts++ > 0)
                        return Fail(HttpError.SeveralHosts);
                    var host = new Slice(field.ValueOffset, field.ValueLength);
                    if (!Authority.IsValid(head.Get(host)))
                        return Fail(HttpError.Authority);
                    if (!absoluteForm)
                        head.AuthoritySlice = host;
                    break;
                case KnownField.ContentLength:
                    if (lengths++ > 0 || !ContentLengthField.TryParse(head.ValueOf(field), out length))
                        return Fail(HttpError.ContentLength);
                    break;
                case KnownField.TransferEncoding:
                    if (encodings++ > 0 || !IsHttp11)
                        return Fail(HttpError.TransferEncoding);
                    codings = head.ValueOf(field);
                    break;
                case KnownField.Connection:
                    if (!options.TryParse(head, field, ref head.Nominated))
                        return Fail(HttpError.ConnectionField);
                    break;
                case KnownField.Upgrade:
                    upgradeIsWebSocket = Ascii.EqualsIgnoreCase(head.ValueOf(field), "websocket"u8);
                    break;
                case KnownField.Expect:
                    if (!Ascii.EqualsIgnoreCase(head.ValueOf(field), "100-continue"u8))
                        return Fail(HttpError.Expectation);
                    head.ExpectsContinue = IsHttp11;
                    break;
                case KnownField.Explain:
                    head.ExplainTokens++;
                    head.ExplainToken = new Slice(field.ValueOffset, field.ValueLength);
                    break;
            }
        }

        if (lengths > 0 && encodings > 0)
            return Fail(HttpError.LengthAndTransferEncoding);
        if (encodings > 0 && !Ascii.EqualsIgnoreCase(codings, "chunked"u8))
            return Fail(IsUnknownThenChunked(codings) ? HttpError.UnknownTransferCoding : HttpError.TransferEncoding);
        if (IsHttp11 && hosts == 0)
            return Fail(HttpError.MissingHost);
        if (absoluteForm && !Authority.IsValid(head.Authority))
            return Fail(HttpError.Authority);
        if (!absoluteForm && hosts == 0)
            head.AuthoritySlice = default;

        head.ContentLength = length;
        head.Framing = encodings > 0 ? BodyFraming.Chunked : length > 0 ? BodyFraming.Length : BodyFraming.None;
        KeepAlive = options.Close ? false : IsHttp11 || options.KeepAlive;
        ClassifyMethod(head);
        head.IsWebSocketUpgrade = options.Upgrade && upgradeIsWebSocket && IsHttp11 && head.Framing == BodyFraming.None && head.Method.SequenceEqual("GET"u8);
        return ParseResult.Complete;
    }

    /// <summary>
    /// Whether other codings come before a final "chunked": then the length is known and the codings are not (501, RFC 9112 6.1).
    /// Without the final "chunked" not even the length is known (400, RFC 9112 6.3).
    /// </summary>
    private static bool IsUnknownThenChunked(ReadOnlySpan<byte> codings)
    {
        var comma = codings.LastIndexOf((byte)',');
        if (comma < 0 || !Ascii.EqualsIgnoreCase(codings[(comma + 1)..].Trim(" \t"u8), "chunked"u8))
            return false;
        foreach (var range in codings[..comma].Split((byte)','))
        {
            var coding = codings[..comma][range].Trim(" \t"u8);
            if (!FieldNames.IsToken(coding) || Ascii.EqualsIgnoreCase(coding, "chunked"u8))
                return false;
        }

        return true;
    }

    /// <summary>What the method says about the response and about sending the request again.</summary>
    public static void ClassifyMethod(RequestHead head)
    {
        var method = head.Method;
        head.IsHead = method.SequenceEqual("HEAD"u8);
        head.IsIdempotent = method.SequenceEqual("GET"u8) || head.IsHead || method.SequenceEqual("PUT"u8) ||
            method.SequenceEqual("DELETE"u8) || method.SequenceEqual("OPTIONS"u8) || method.SequenceEqual("TRACE"u8);
    }

    /// <summary>A head that never becomes good is refused at once instead of waiting for its end.</summary>
    private ParseResult CheckPartial(ReadOnlySpan<byte> bytes)
    {
        var from = 0;
        while (bytes[from..].IndexOf((byte)'\n') is var feed and >= 0)
        {
            var at = from + feed;
            if (at == 0 || bytes[at - 1] != '\r')
                return Fail(HttpError.BareLineFeed);
            from = at + 1;
        }

        return ParseResult.NeedMore;
    }

    private ParseResult Fail(HttpError error)
    {
        Error = error;
        return ParseResult.Failed;
    }
}
