using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>Fields that speak of a connection: HTTP/2 has none of them (RFC 9113 8.2.2).</summary>
internal static class ConnectionFieldCases
{
    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("connection/te-chunked", "9113 8.2.2", Post("0\r\n\r\nGET /admin HTTP/1.1\r\nHost: a.test\r\n\r\n", ("transfer-encoding", "chunked")), Malformed,
            "H2.TE: passed on, the body ends where its octets say, and the rest is a request."),
        new("connection/te-chunked-no-body", "9113 8.2.2", Get(("transfer-encoding", "chunked")), Malformed,
            "Passed on, the backend waits for chunks."),
        new("connection/te-with-length", "9113 8.2.2", Post("ok", ("content-length", "2"), ("transfer-encoding", "chunked")), Malformed,
            "Two framings."),
        new("connection/te-identity", "9113 8.2.2", Post("ok", ("transfer-encoding", "identity")), Malformed,
            "No value makes it good."),
        new("connection/te-empty", "9113 8.2.2", Post("ok", ("transfer-encoding", "")), Malformed,
            "No value makes it good."),
        new("connection/keep-alive", "9113 8.2.2", Get(("connection", "keep-alive")), Malformed,
            "No value makes it good."),
        new("connection/close", "9113 8.2.2", Get(("connection", "close")), Malformed,
            "One client would close the connection that others share."),
        new("connection/nominates-host", "9113 8.2.2", Get(("connection", "host")), Malformed,
            "Whoever obeys takes Host away."),
        new("connection/nominates-length", "9113 8.2.2", Post("ok", ("connection", "content-length")), Malformed,
            "Whoever obeys takes the framing away."),
        new("connection/upgrade-websocket", "9113 8.6", Get(("connection", "upgrade"), ("upgrade", "websocket"), ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="), ("sec-websocket-version", "13")), Malformed,
            "Passed on, a backend opens a tunnel behind our back."),
        new("connection/upgrade-h2c", "9113 8.6", Get(("upgrade", "h2c")), Malformed,
            "Passed on, a backend speaks another protocol behind our back."),
        new("connection/upgrade-empty", "9113 8.2.2", Get(("upgrade", "")), Malformed,
            "No value makes it good."),
        new("connection/keep-alive-field", "9113 8.2.2", Get(("keep-alive", "timeout=5")), Malformed,
            "A field of one connection."),
        new("connection/proxy-connection", "9113 8.2.2", Get(("proxy-connection", "keep-alive")), Malformed,
            "A field of one connection."),
        new("connection/te-trailers", "9113 8.2.2", Get(("te", "trailers")), Forwarded(SeenGet().With("TE", "trailers")),
            "The one value that TE may have; the gateway passes trailers on and may say so for itself."),
        new("connection/te-gzip", "9113 8.2.2", Get(("te", "gzip")), Malformed,
            "TE says \"trailers\" or is not there."),
        new("connection/te-trailers-and-more", "9113 8.2.2", Get(("te", "trailers, chunked")), Malformed,
            "TE says \"trailers\" or is not there."),
        new("connection/te-with-weight", "9113 8.2.2", Get(("te", "trailers;q=0.5")), Malformed,
            "TE says \"trailers\" or is not there."),
        new("connection/te-empty-value", "9113 8.2.2", Get(("te", "")), Malformed,
            "TE says \"trailers\" or is not there."),
        new("connection/expect-continue", "9110 10.1.1", Post("ok", ("expect", "100-continue")), Forwarded(SeenPost("ok")),
            "An expectation that backends know, in HTTP/2 too."),
        new("connection/expect-unknown", "9110 10.1.1", Post("ok", ("expect", "200-ok")), Answered(417),
            "An expectation that cannot be met."),
        new("connection/trailer-field", "9110 6.6.2", Get(("trailer", "x-sum")), Forwarded(SeenGet()),
            "Only an announcement, and no field of a connection."),
    ];
}
