using System.Buffers;
using System.Text;
using Sluice.Proxy.Http;

namespace Sluice.Proxy.Http1;

/// <summary>Response heads of HTTP/1.0 and HTTP/1.1 backends (RFC 9112 4 to 6), as strict as requests: a backend may be hostile too.</summary>
internal sealed class ResponseParser(ProxyLimits limits)
{
    private static readonly SearchValues<byte> BadReasonBytes = SearchValues.Create(
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 127,
    ]);

    public HttpError Error { get; private set; }

    /// <summary>Whether the connection may be used again after this response.</summary>
    public bool KeepAlive { get; private set; }

    /// <summary>Parses a head at the start of the bytes; <paramref name="requestWasHead"/> decides whether a body follows.</summary>
    public ParseResult Parse(ReadOnlySpan<byte> bytes, ResponseHead head, bool requestWasHead, out int consumed)
    {
        Error = HttpError.None;
        consumed = 0;
        var position = 0;
        head.Clear();
        head.Nominated = default;
        var result = ParseStatusLine(bytes, ref position, head, out var isHttp11);
        if (result == ParseResult.Complete)
        {
            result = FieldSectionParser.Parse(bytes, ref position, head, out var error);
            if (result == ParseResult.Failed)
                return Fail(error);
        }

        if (result == ParseResult.NeedMore)
            return bytes.Length > limits.HeadBytes ? Fail(HttpError.HeadTooLong) : result;
        if (result == ParseResult.Failed)
            return result;
        if (position > limits.HeadBytes)
            return Fail(HttpError.HeadTooLong);

        consumed = position;
        return Interpret(head, isHttp11, requestWasHead);
    }

    private ParseResult ParseStatusLine(ReadOnlySpan<byte> bytes, ref int position, ResponseHead head, out bool isHttp11)
    {
        isHttp11 = false;
        if (bytes.Length < 12)
            return "HTTP/1."u8.StartsWith(bytes[..Math.Min(bytes.Length, 7)]) ? ParseResult.NeedMore : Fail(HttpError.StatusLine);
        if (!bytes.StartsWith("HTTP/1."u8) || bytes[7] is not ((byte)'0' or (byte)'1') || bytes[8] != ' ')
            return Fail(HttpError.StatusLine);
        isHttp11 = bytes[7] == '1';

        int hundreds = bytes[9] - '0', tens = bytes[10] - '0', ones = bytes[11] - '0';
        if (hundreds is < 1 or > 5 || tens is < 0 or > 9 || ones is < 0 or > 9)
            return Fail(HttpError.StatusLine);
        head.StatusCode = (hundreds * 100) + (tens * 10) + ones;

        // The reason may be empty, and then its space may be missing too.
        var rest = bytes[12..];
        var length = rest.IndexOfAny(BadReasonBytes);
        if (length < 0 || length + 1 >= rest.Length)
            return length >= 0 && rest[length] != '\r' ? Fail(HttpError.StatusLine) : ParseResult.NeedMore;
        if (rest[length] != '\r' || rest[length + 1] != '\n' || (length > 0 && rest[0] != ' '))
            return Fail(HttpError.StatusLine);
        head.ReasonSlice = length > 1 ? new Slice(13, length - 1) : default;
        position = 12 + length + 2;
        return ParseResult.Complete;
    }

    private ParseResult Interpret(ResponseHead head, bool isHttp11, bool requestWasHead)
    {
        var lengths = 0;
        var encodings = 0;
        long length = -1;
        var options = new ConnectionOptions();
        var upgradeIsWebSocket = false;
        foreach (ref readonly var field in head.Fields)
        {
            switch (field.Known)
            {
                case KnownField.ContentLength:
                    if (lengths++ > 0 || !ContentLengthField.TryParse(head.ValueOf(field), out length))
                        return Fail(HttpError.ContentLength);
                    break;
                case KnownField.TransferEncoding:
                    if (encodings++ > 0 || !isHttp11 || !Ascii.EqualsIgnoreCase(head.ValueOf(field), "chunked"u8))
                        return Fail(HttpError.TransferEncoding);
                    break;
                case KnownField.Connection:
                    if (!options.TryParse(head, field, ref head.Nominated))
                        return Fail(HttpError.ConnectionField);
                    break;
                case KnownField.Upgrade:
                    upgradeIsWebSocket = Ascii.EqualsIgnoreCase(head.ValueOf(field), "websocket"u8);
                    break;
            }
        }

        if (lengths > 0 && encodings > 0)
            return Fail(HttpError.LengthAndTransferEncoding);

        head.ContentLength = length;
        head.IsWebSocketUpgrade = head.StatusCode == 101 && options.Upgrade && upgradeIsWebSocket;
        head.Framing =
            head.StatusCode is < 200 or 204 or 304 || requestWasHead ? BodyFraming.None :
            encodings > 0 ? BodyFraming.Chunked :
            length > 0 ? BodyFraming.Length :
            length == 0 ? BodyFraming.None : BodyFraming.UntilClose;
        KeepAlive = head.Framing != BodyFraming.UntilClose && !options.Close && (isHttp11 || options.KeepAlive);
        return ParseResult.Complete;
    }

    private ParseResult Fail(HttpError error)
    {
        Error = error;
        return ParseResult.Failed;
    }
}
