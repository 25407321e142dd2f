using static Sluice.Proxy.Tests.Http1.Cases.Message;
using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http1.Cases.Verdict;

namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>Several requests in one go, and where the second begins (RFC 9112 9.3.2 and 11.2).</summary>
internal static class PipelineCases
{
    private static readonly string Bad = Get("X-A : 1\r\n");

    public static IEnumerable<MessageCase> All { get; } =
    [
        new("pipeline/two", "9112 9.3.2", Target("/1") + Target("/2"), Forwarded(SeenGet("/1"), SeenGet("/2")),
            "Answered in order."),
        new("pipeline/many", "9112 9.3.2", Repeat(Target("/x"), 20), Forwarded([.. Enumerable.Repeat(SeenGet("/x"), 20)]),
            "Answered in order."),
        new("pipeline/two-hosts", "9112 9.3.2", Host("a.test") + Host("b.test"), Forwarded(SeenGet(), SeenGet(host: "b.test") with { Backend = "b" }),
            "Every request is routed for itself, not the connection."),
        new("pipeline/body-then-request", "9112 9.3.2", Post("Content-Length: 2\r\n", "ok") + Target("/2"), Forwarded(SeenPost("ok"), SeenGet("/2")),
            "The second begins where the first one's body ends."),
        new("pipeline/chunked-then-request", "9112 9.3.2", Chunked("2\r\nok\r\n0\r\n\r\n") + Target("/2"), Forwarded(SeenPost("ok"), SeenGet("/2")),
            "The second begins where the first one's body ends."),
        new("pipeline/empty-line-between", "9112 2.2", Post("Content-Length: 2\r\n", "ok") + "\r\n" + Target("/2"), Forwarded(SeenPost("ok"), SeenGet("/2")),
            "The stray CRLF of old clients after a body."),
        new("pipeline/bad-second", "9112 9.3.2", Target("/1") + Bad, Forwarded(SeenGet("/1")).ThenRefused(400),
            "The first is answered, the second refused, and nothing after it is read."),
        new("pipeline/bad-first", "9112 9.3.2", Bad + Target("/2"), Refused(400),
            "Nothing after a refused message is read: where it ends is not known."),
        new("pipeline/too-short-length", "9112 11.2", Post("Content-Length: 1\r\n", "ok"), Forwarded(SeenPost("o"), new SeenRequest("kGET", "/sentinel", "a.test")).ThenClosed(),
            "The octet too many begins the next request's method; it is never dropped."),
        new("pipeline/zero-length-with-request", "9112 11.2", Post("Content-Length: 0\r\n", "") + Line("GET /admin HTTP/1.1"),
            Forwarded(SeenPost(""), SeenGet("/admin") with { Backend = "admin" }),
            "0.CL: what follows is a request of its own and is routed as such."),
        new("pipeline/no-length-with-body", "9112 11.2", Post("", "x=1") , Forwarded(SeenPost("")).ThenRefused(400),
            "Octets after a request without a body begin the next request."),
        new("pipeline/after-close", "9112 9.6", Get("Connection: close\r\n") + Target("/2"), Forwarded(SeenGet()).ThenClosed(),
            "The client said that this was its last request: what follows is not read."),
        new("pipeline/after-1.0", "9112 9.3", Line("GET /1 HTTP/1.0") + Target("/2"), Forwarded(SeenGet("/1")).ThenClosed(),
            "HTTP/1.0 without keep-alive ends after one request."),
        new("pipeline/chunk-end-then-half-request", "9112 8", Chunked("0\r\n\r\n") + "GET /2 HT", Forwarded(SeenPost("")).ThenClosed(),
            "The first is answered; the second never came whole.") { Truncated = true },
    ];
}
