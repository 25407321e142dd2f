using Sluice.Proxy.Http2.Frames;
using Sluice.Proxy.Tests.Http2.Support;
using static Sluice.Proxy.Tests.Http2.Spec.SpecOutcome;
using static Sluice.Proxy.Tests.Http2.Support.Make;

namespace Sluice.Proxy.Tests.Http2.Spec.Cases;

/// <summary>Malformed requests, and server push (RFC 7540 8.1 and 8.2, RFC 9113 8.1 to 8.4).</summary>
internal static class MessageCases
{
    private static readonly (string, string) Method = (":method", "GET");
    private static readonly (string, string) Scheme = (":scheme", "http");
    private static readonly (string, string) Path = (":path", "/");
    private static readonly (string, string) Authority = (":authority", "a.test");

    public static IEnumerable<SpecCase> All { get; } =
    [
        new("http2/8.1", "a second HEADERS frame without END_STREAM", [Post(1), Headers(1, FieldBlock.Of(("x-test", "ok")), EndHeaders)], Malformed),

        Request("http2/8.1.2", "a field name with an upper-case letter", Method, Scheme, Path, Authority, ("X-TEST", "ok")),

        Request("http2/8.1.2.1", "an unknown pseudo-field", Method, Scheme, Path, Authority, (":test", "ok")),
        Request("http2/8.1.2.1", "a pseudo-field of responses", Method, Scheme, Path, Authority, (":status", "200")),
        new("http2/8.1.2.1", "a pseudo-field in trailers", [Post(1), Data(1, "test", 0), Headers(1, FieldBlock.Of(Method))], Malformed),
        Request("http2/8.1.2.1", "a pseudo-field after another field", Method, Scheme, Path, Authority, ("x-test", "ok"), (":path", "/")),

        Request("http2/8.1.2.2", "a connection-specific field", Method, Scheme, Path, Authority, ("connection", "keep-alive")),
        Request("http2/8.1.2.2", "TE with something else than \"trailers\"", Method, Scheme, Path, Authority, ("te", "trailers, deflate")),

        Request("http2/8.1.2.3", "an empty :path", Method, Scheme, (":path", ""), Authority),
        Request("http2/8.1.2.3", "no :method", Scheme, Path, Authority),
        Request("http2/8.1.2.3", "no :scheme", Method, Path, Authority),
        Request("http2/8.1.2.3", "no :path", Method, Scheme, Authority),
        Request("http2/8.1.2.3", ":method twice", Method, Method, Scheme, Path, Authority),
        Request("http2/8.1.2.3", ":scheme twice", Method, Scheme, Scheme, Path, Authority),
        Request("http2/8.1.2.3", ":path twice", Method, Scheme, Path, Path, Authority),

        new("http2/8.1.2.6", "content-length that is not that of the DATA frame", [Post(1, "/", ("content-length", "1")), Data(1, "test")], Malformed),
        new("http2/8.1.2.6", "content-length that is not that of all DATA frames", [Post(1, "/", ("content-length", "1")), Data(1, "te", 0), Data(1, "st")], Malformed),

        new("http2/8.2", "PUSH_PROMISE of a client", [PushPromise(1, 3, FieldBlock.Request("GET", "/"))], ConnectionError(Http2Error.ProtocolError)),
    ];

    private static SpecOutcome Malformed => StreamError(1, Http2Error.ProtocolError);

    private static SpecCase Request(string key, string sentence, params (string, string)[] fields) =>
        new(key, sentence, [Headers(1, FieldBlock.Of(fields))], Malformed);
}
