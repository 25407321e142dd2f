namespace Sluice.Proxy.Http;

/// <summary>The status that answers each refused request (RFC 9110 15.5, RFC 6585).</summary>
internal static class HttpErrors
{
    public static int StatusCode(HttpError error) => error switch
    {
        HttpError.Version => 505,
        HttpError.UnknownTransferCoding => 501,
        HttpError.RequestLineTooLong => 414,
        HttpError.HeadTooLong or HttpError.TooManyFields => 431,
        HttpError.Expectation => 417,
        HttpError.Connect => 405,
        HttpError.HeadTimeout or HttpError.BodyTimeout => 408,
        _ => 400,
    };

    /// <summary>Label in metrics and text in answers.</summary>
    public static string Name(HttpError error) => error switch
    {
        HttpError.RequestLine => "malformed request line",
        HttpError.Method => "invalid method",
        HttpError.Target => "invalid request target",
        HttpError.Version => "unsupported HTTP version",
        HttpError.Authority => "invalid host",
        HttpError.FieldName => "invalid field name",
        HttpError.SpaceBeforeColon => "space before colon",
        HttpError.LineFolding => "folded field line",
        HttpError.ControlCharacter => "control character in a field",
        HttpError.BareLineFeed => "bare line feed",
        HttpError.BareCarriageReturn => "bare carriage return",
        HttpError.MissingHost => "missing Host",
        HttpError.SeveralHosts => "several Host fields",
        HttpError.ContentLength => "invalid Content-Length",
        HttpError.TransferEncoding => "invalid Transfer-Encoding",
        HttpError.LengthAndTransferEncoding => "both Content-Length and Transfer-Encoding",
        HttpError.UnknownTransferCoding => "unknown transfer coding",
        HttpError.ConnectionField => "invalid Connection field",
        HttpError.Chunk => "invalid chunk",
        HttpError.Trailer => "invalid trailer section",
        HttpError.RequestLineTooLong => "request line too long",
        HttpError.HeadTooLong => "head too long",
        HttpError.TooManyFields => "too many fields",
        HttpError.Expectation => "unknown expectation",
        HttpError.Connect => "CONNECT is not served",
        HttpError.HeadTimeout => "head not received in time",
        HttpError.BodyTimeout => "body not received in time",
        HttpError.StatusLine => "malformed status line",
        HttpError.UnexpectedUpgrade => "upgrade that was not asked for",
        HttpError.TooManyInterimResponses => "too many interim responses",
        HttpError.PseudoField => "invalid pseudo-field",
        HttpError.FieldValue => "white space around a field value",
        HttpError.UpgradeKey => "wrong Sec-WebSocket-Accept",
        _ => "none",
    };
}
