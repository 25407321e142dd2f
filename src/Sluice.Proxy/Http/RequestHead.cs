namespace Sluice.Proxy.Http;

/// <summary>The head of a request, whatever protocol brought it.</summary>
internal sealed class RequestHead(int maxFields) : FieldSection(maxFields)
{
    public Slice MethodSlice;
    public Slice AuthoritySlice;

    /// <summary>Absolute path, dot segments resolved; "*" for OPTIONS *. Without query.</summary>
    public Slice PathSlice;

    /// <summary>From "?" on, or empty.</summary>
    public Slice QuerySlice;

    public ReadOnlySpan<byte> Method => Get(MethodSlice);

    /// <summary>Host with port, as received; empty for HTTP/1.0 requests without Host.</summary>
    public ReadOnlySpan<byte> Authority => Get(AuthoritySlice);

    public ReadOnlySpan<byte> Path => Get(PathSlice);

    /// <summary>With its leading "?", or empty.</summary>
    public ReadOnlySpan<byte> Query => Get(QuerySlice);

    public bool IsHead { get; set; }

    /// <summary>Methods that may be sent again when a connection broke before any answer (RFC 9110 9.2.2).</summary>
    public bool IsIdempotent { get; set; }

    public BodyFraming Framing { get; set; }

    /// <summary>-1 without Content-Length; 0 has <see cref="BodyFraming.None"/> but is passed on.</summary>
    public long ContentLength { get; set; }

    /// <summary>Expect: 100-continue was given.</summary>
    public bool ExpectsContinue { get; set; }

    /// <summary>The client asks for a WebSocket (Upgrade: websocket, nominated by Connection).</summary>
    public bool IsWebSocketUpgrade { get; set; }

    /// <summary>Value of x-sluice-explain, of the last if there are several.</summary>
    public Slice ExplainToken;

    /// <summary>How many lines of x-sluice-explain there are.</summary>
    public int ExplainTokens { get; set; }

    /// <summary>Field names that Connection nominates beside the well-known ones; dropped when forwarding.</summary>
    public NominatedFields Nominated;
}
