using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http1.Cases;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>What must come of a stream: the request that a backend sees, if any, and how the client's stream ends.</summary>
/// <param name="Seen">At most one: a stream is one request.</param>
/// <param name="End">A status, "reset CODE" for RST_STREAM, or "ends CODE" for GOAWAY and the end of the connection.</param>
internal sealed record StreamVerdict(SeenRequest? Seen, string End)
{
    /// <summary>Malformed (RFC 9113 8.1.1): the stream is reset, and no backend hears of it.</summary>
    public static StreamVerdict Malformed { get; } = Reset(Http2Error.ProtocolError);

    /// <summary>The client has reset the stream: nothing more is said about it.</summary>
    public static StreamVerdict GivenUp { get; } = new(null, "nothing");

    public bool EndsConnection => End.StartsWith("ends", StringComparison.Ordinal);

    public static StreamVerdict Forwarded(SeenRequest seen) => new(seen, "200");

    /// <summary>The proxy answers itself.</summary>
    public static StreamVerdict Answered(int status) => new(null, $"{status}");

    public static StreamVerdict Reset(Http2Error code) => new(null, $"reset {code}");

    public static StreamVerdict Ends(Http2Error code) => new(null, $"ends {code}");

    public override string ToString() => Seen is null ? End : $"{Seen}; {End}";
}
