using static Sluice.Proxy.Tests.Http1.Cases.Verdict;

namespace Sluice.Proxy.Tests.Http1.Cases;

/// <summary>What is not HTTP/1.1 at all.</summary>
internal static class ForeignProtocolCases
{
    public static IEnumerable<MessageCase> All { get; } =
    [
        new("foreign/nothing", "9112 9.5", "", Closed,
            "A connection without a byte is no request and gets no response.") { Truncated = true },
        new("foreign/tls-client-hello", "9112 3", "\x16\x03\x01\x00\x2f\x01\x00\x00\x2b\x03\x03" + new string('\xa5', 36) + "\r\n\r\n", Refused(400),
            "TLS on a cleartext listener."),
        new("foreign/proxy-protocol-v1", "9112 3", "PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n" + MessageCase.Sentinel, Refused(400),
            "PROXY protocol that nobody asked for: the address in it is not believed, the line no request."),
        new("foreign/proxy-protocol-v2", "9112 3", "\r\n\r\n\0\r\nQUIT\n\x21\x11\0\x0c\x0a\0\0\x01\x0a\0\0\x02\0\x01\0\x02" + MessageCase.Sentinel, Refused(400),
            "Begins like empty lines, and is none of ours."),
        new("foreign/ssh-banner", "9112 3", "SSH-2.0-OpenSSH_9.2\r\n", Refused(400),
            "Another protocol."),
        new("foreign/smtp", "9112 3", "EHLO a.test\r\n", Refused(400),
            "Another protocol; and browsers can be made to speak it."),
        new("foreign/response", "9112 3", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", Refused(400),
            "A response is no request."),
        new("foreign/json", "9112 3", "{\"a\":1}\r\n\r\n", Refused(400),
            "A body without a head."),
        new("foreign/all-octets", "9112 3", string.Concat(Enumerable.Range(0, 256).Select(i => (char)i)) + "\r\n\r\n", Refused(400),
            "Every octet once."),
        new("foreign/high-octets", "9112 3", new string('\xff', 64) + "\r\n\r\n", Refused(400),
            "Binary junk."),
        new("foreign/nuls", "9112 3", new string('\0', 64) + "\r\n\r\n", Refused(400),
            "Binary junk."),
    ];
}
