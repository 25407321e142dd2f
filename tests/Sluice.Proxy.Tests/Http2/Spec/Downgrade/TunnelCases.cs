using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>CONNECT in its two forms (RFC 9113 8.5, RFC 8441 4): no tunnels to anywhere.</summary>
internal static class TunnelCases
{
    private static readonly (string, string) Connect = (":method", "CONNECT");
    private static readonly (string, string) Scheme = (":scheme", "http");
    private static readonly (string, string) Slash = (":path", "/");
    private static readonly (string, string) Name = (":authority", "a.test");
    private static readonly (string, string) WebSocket = (":protocol", "websocket");

    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("tunnel/connect", "9113 8.5", Fields(Connect, (":authority", "a.test:443")), Answered(405),
            "A gateway is no tunnel to anywhere."),
        new("tunnel/connect-open", "9113 8.5", [Make.Headers(1, FieldBlock.Of(Connect, (":authority", "a.test:443")), Make.EndHeaders)], Answered(405),
            "Octets that follow go nowhere."),
        new("tunnel/connect-with-path", "9113 8.5", Fields(Connect, Scheme, Slash, Name), Malformed,
            "CONNECT has neither :scheme nor :path."),
        new("tunnel/protocol-without-connect", "8441 4", Fields((":method", "GET"), Scheme, Slash, Name, WebSocket), Malformed,
            "Only CONNECT is extended by :protocol."),
        new("tunnel/other-protocol", "8441 4", [Make.Headers(1, FieldBlock.Of(Connect, Scheme, Slash, Name, (":protocol", "connect-udp")), Make.EndHeaders)], Answered(405),
            "No other protocol is offered to backends."),
        new("tunnel/protocol-with-cr-lf", "8441 4", [Make.Headers(1, FieldBlock.Of(Connect, Scheme, Slash, Name, (":protocol", "websocket\r\nx-a: 1")), Make.EndHeaders)], Answered(405),
            "Written into Upgrade it makes two lines."),
        new("tunnel/websocket-ended", "8441 4", Fields(Connect, Scheme, Slash, Name, WebSocket), Malformed,
            "A tunnel that ends before it begins."),
        new("tunnel/websocket-without-path", "8441 4", [Make.Headers(1, FieldBlock.Of(Connect, Scheme, Name, WebSocket), Make.EndHeaders)], Malformed,
            "Extended CONNECT has :scheme and :path."),
        new("tunnel/websocket-with-length", "8441 4", [Make.Headers(1, FieldBlock.Of(Connect, Scheme, Slash, Name, WebSocket, ("content-length", "2")), Make.EndHeaders)], Malformed,
            "A tunnel has no length."),
        new("tunnel/protocol-twice", "9113 8.3", [Make.Headers(1, FieldBlock.Of(Connect, Scheme, Slash, Name, WebSocket, WebSocket), Make.EndHeaders)], Malformed,
            "Each once."),
    ];
}
