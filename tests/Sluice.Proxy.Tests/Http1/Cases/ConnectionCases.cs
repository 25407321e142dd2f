using static Sluice.Proxy.Tests.Http1.Cases.Message;
using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http1.Cases.Verdict;

namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>Hop-by-hop fields, expectations and upgrades (RFC 9110 7.6, 7.8 and 10.1.1).</summary>
internal static class ConnectionCases
{
    public static IEnumerable<MessageCase> All { get; } =
    [
        new("connection/nominated-field", "9110 7.6.1", Get("Connection: X-A\r\nX-A: 1\r\nX-B: 2\r\n"), Forwarded(SeenGet().With("X-A", null).With("X-B", "2")),
            "What Connection names is for this hop only."),
        new("connection/nominated-field-other-case", "9110 7.6.1", Get("connection: foo , x-a\r\nX-A: 1\r\n"), Forwarded(SeenGet().With("X-A", null)),
            "Connection options are case-insensitive."),
        new("connection/nominated-in-second-line", "9110 7.6.1", Get("Connection: keep-alive\r\nX-A: 1\r\nConnection: x-a\r\n"), Forwarded(SeenGet().With("X-A", null)),
            "Connection may be given in several lines."),
        new("connection/nominates-many", "9110 7.6.1", Get($"Connection: {string.Join(',', Enumerable.Range(0, 50).Select(i => $"X-{i}"))}\r\n"), Refused(400),
            "A handful is honest."),
        new("connection/not-a-token", "9110 7.6.1", Get("Connection: \"close\"\r\n"), Refused(400),
            "Options are tokens: closing or not is no matter of taste."),
        new("connection/empty-elements", "9110 5.6.1", Get("Connection: , ,x-a,\r\nX-A: 1\r\n"), Forwarded(SeenGet().With("X-A", null)),
            "Empty list elements are skipped."),
        new("connection/nominates-host", "9110 7.6.1", Get("Connection: Host\r\n"), Forwarded(SeenGet()),
            "Host is for all recipients: naming it takes nothing away."),
        new("connection/nominates-content-length", "9110 7.6.1", Post("Connection: Content-Length\r\nContent-Length: 2\r\n", "ok"), Forwarded(SeenPost("ok").With("Content-Length", "2")),
            "Framing is ours to write: naming it takes nothing away."),
        new("connection/nominates-forwarded-for", "9110 7.6.1", Get("Connection: X-Forwarded-For, X-Forwarded-Proto\r\n"), Forwarded(SeenGet().With("X-Forwarded-For", "127.0.0.1").With("X-Forwarded-Proto", "http")),
            "Fields that the gateway writes cannot be named away."),
        new("connection/keep-alive-field", "9110 7.6.1", Get("Keep-Alive: timeout=5\r\nProxy-Connection: keep-alive\r\n"), Forwarded(SeenGet().With("Keep-Alive", null).With("Proxy-Connection", null)),
            "Hop-by-hop, also when Connection does not name them."),
        new("connection/te-trailers", "9110 10.1.4", Get("TE: trailers\r\nConnection: TE\r\n"), Forwarded(SeenGet().With("TE", "trailers")),
            "The gateway passes trailers on, so it may say so for itself."),
        new("connection/te-other", "9110 10.1.4", Get("TE: gzip, deflate;q=0.5\r\nConnection: TE\r\n"), Forwarded(SeenGet().With("TE", null)),
            "Codings that the gateway does not understand are not asked for."),
        new("connection/close-in-list", "9112 9.6", Get("Connection: foo, CLOSE\r\n"), Forwarded(SeenGet()).ThenClosed(),
            "The option counts wherever it stands."),
        new("connection/close-and-keep-alive", "9112 9.3", Get("Connection: keep-alive, close\r\n"), Forwarded(SeenGet()).ThenClosed(),
            "Close wins."),
        new("connection/not-close", "9112 9.6", Get("Connection: closed\r\n"), Forwarded(SeenGet()),
            "Another option."),
        new("connection/expect-unknown", "9110 10.1.1", Post("Expect: 200-ok\r\nContent-Length: 2\r\n", "ok"), Refused(417),
            "An expectation that cannot be met; whether the body follows is not known, so the connection ends."),
        new("connection/expect-list", "9110 10.1.1", Post("Expect: 100-continue, x\r\nContent-Length: 2\r\n", "ok"), Refused(417),
            "One of them cannot be met."),
        new("connection/expect-other-case", "9110 10.1.1", Post("Expect: 100-Continue\r\nContent-Length: 2\r\n", "ok"), Forwarded(SeenPost("ok")),
            "The expectation is case-insensitive."),
        new("connection/expect-without-body", "9110 10.1.1", Get("Expect: 100-continue\r\n"), Forwarded(SeenGet()),
            "No body is to come: no interim response is owed."),
        new("connection/expect-and-smuggle", "9110 10.1.1", Post("Expect: 100-continue\r\nContent-Length: 0\r\n", "") + Line("GET /admin HTTP/1.1"),
            Forwarded(SeenPost(""), SeenGet("/admin") with { Backend = "admin" }),
            "0.CL with an expectation: the second is a request of its own and is routed as such."),
        new("connection/upgrade-h2c", "9110 7.8", Get("Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n"),
            Forwarded(SeenGet().With("Upgrade", null).With("HTTP2-Settings", null)),
            "An h2c tunnel would carry requests past every rule: ignored, as a server may."),
        new("connection/upgrade-unknown", "9110 7.8", Get("Connection: upgrade\r\nUpgrade: foo/2\r\n"), Forwarded(SeenGet().With("Upgrade", null)),
            "Unknown protocols are ignored."),
        new("connection/upgrade-not-nominated", "9110 7.8", Get("Upgrade: websocket\r\nSec-WebSocket-Key: x\r\n"), Forwarded(SeenGet().With("Upgrade", null)),
            "Upgrade counts only when Connection names it."),
        new("connection/upgrade-websocket-1.0", "9110 7.8", "GET / HTTP/1.0\r\nHost: a.test\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n", Forwarded(SeenGet().With("Upgrade", null)).ThenClosed(),
            "Upgrade is ignored in HTTP/1.0."),
        new("connection/forwarded-spoofed", "7239 8.1", Get("X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: b.test\r\nForwarded: for=10.0.0.1\r\n"),
            Forwarded(SeenGet().With("X-Forwarded-For", "127.0.0.1").With("X-Forwarded-Proto", "http").With("X-Forwarded-Host", "a.test")),
            "Without trusted hops, what the client says about itself is dropped."),
    ];
}
