namespace Sluice.Proxy.Http;

/// <summary>The head of a response, whatever protocol brought it.</summary>
internal sealed class ResponseHead(int maxFields) : FieldSection(maxFields)
{
    public int StatusCode { get; set; }

    public Slice ReasonSlice;

    public ReadOnlySpan<byte> Reason => Get(ReasonSlice);

    /// <summary>How the body is delimited, the request's method and the status taken into account.</summary>
    public BodyFraming Framing { get; set; }

    /// <summary>The length field as given, -1 without; also present on responses to HEAD and on 304, which have no body.</summary>
    public long ContentLength { get; set; }

    /// <summary>Whether Upgrade: websocket stands in a 101.</summary>
    public bool IsWebSocketUpgrade { get; set; }

    public NominatedFields Nominated;
}
