using Sluice.Proxy.Tests.Http1.Cases;
using static Sluice.Proxy.Tests.Http1.Cases.SeenRequest;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.Sent;
using static Sluice.Proxy.Tests.Http2.Spec.Downgrade.StreamVerdict;

namespace Sluice.Proxy.Tests.Http2.Spec.Downgrade;

/// <summary>:authority and Host: one name, which is routed by and passed on as Host (RFC 9113 8.3.1, RFC 9110 7.2).</summary>
internal static class AuthorityCases
{
    private static readonly (string, string) Method = (":method", "GET");
    private static readonly (string, string) Scheme = (":scheme", "http");
    private static readonly (string, string) Slash = (":path", "/");

    private static SeenRequest B => SeenGet(host: "b.test") with { Backend = "b" };

    public static IEnumerable<DowngradeCase> All { get; } =
    [
        new("authority/same-host", "9113 8.3.1", Authority("a.test", ("host", "a.test")), Forwarded(SeenGet()),
            "Both may be there when they say the same."),
        new("authority/same-host-other-case", "9113 8.3.1", Authority("a.test", ("host", "A.Test")), Forwarded(SeenGet()),
            "Names are compared without case."),
        new("authority/other-host", "9113 8.3.1", Authority("a.test", ("host", "b.test")), Malformed,
            "One would be routed by, the other believed."),
        new("authority/other-port", "9113 8.3.1", Authority("a.test", ("host", "a.test:8080")), Malformed,
            "The port is a part of it."),
        new("authority/two-hosts", "9110 7.2", Authority("a.test", ("host", "a.test"), ("host", "b.test")), Malformed,
            "Two Host fields cannot even be written in HTTP/1.1."),
        new("authority/empty-host", "9113 8.3.1", Authority("a.test", ("host", "")), Malformed,
            "An empty Host is another Host."),
        new("authority/host-alone", "9113 8.3.1", Fields(Method, Scheme, Slash, ("host", "b.test")), Forwarded(B),
            "A gateway that had HTTP/1.1 on its other side may leave :authority out."),
        new("authority/host-alone-twice", "9110 7.2", Fields(Method, Scheme, Slash, ("host", "b.test"), ("host", "a.test")), Malformed,
            "One would be routed by, the other believed."),
        new("authority/none", "9113 8.3.1", Fields(Method, Scheme, Slash), Answered(400),
            "HTTP/1.1 requires Host: without either there is nothing to write."),
        new("authority/empty", "9113 8.3.1", Authority(""), Answered(400),
            "An http URI without a host is invalid."),
        new("authority/empty-with-host", "9113 8.3.1", Authority("", ("host", "b.test")), Malformed,
            "An empty :authority is another one."),
        new("authority/userinfo", "9113 8.3.1", Authority("b.test@a.test"), Answered(400),
            "Userinfo must not be there: it disguises the host."),
        new("authority/userinfo-other-way", "9113 8.3.1", Authority("a.test:80@b.test"), Answered(400),
            "Who cuts at the colon sees a.test."),
        new("authority/cr-lf", "9110 7.2", Authority("a.test\r\nX-A: 1"), Answered(400),
            "Written into Host it makes two lines."),
        new("authority/second-request", "9110 7.2", Authority("a.test\r\n\r\nGET /admin HTTP/1.1\r\nHost: a.test"), Answered(400),
            "Written into Host it makes two requests."),
        new("authority/lf", "9110 7.2", Authority("a.test\nX-A: 1"), Answered(400),
            "It ends the line for many."),
        new("authority/nul", "9110 7.2", Authority("a.test\0.b.test"), Answered(400),
            "Who reads C strings sees a.test."),
        new("authority/space", "9110 7.2", Authority("a.test b.test"), Answered(400),
            "No white space in an authority."),
        new("authority/path", "9110 7.2", Authority("a.test/admin"), Answered(400),
            "Put before the path it makes another path."),
        new("authority/query", "9110 7.2", Authority("a.test?x="), Answered(400),
            "Put before the path it makes a query of it."),
        new("authority/fragment", "9110 7.2", Authority("a.test#b.test"), Answered(400),
            "Who parses a URI sees another host."),
        new("authority/backslash", "3986 3.2.2", Authority("a.test\\b.test"), Answered(400),
            "A slash to some."),
        new("authority/uri", "9110 7.2", Authority("http://a.test"), Answered(400),
            "An authority, not a URI."),
        new("authority/two-in-one", "9110 7.2", Authority("a.test, b.test"), Answered(400),
            "No list."),
        new("authority/percent", "3986 3.2.2", Authority("a%2etest"), Answered(400),
            "Decoded it would be another name."),
        new("authority/non-ascii", "3986 3.2.2", Authority("\xc3\xa4.test"), Answered(400),
            "Names on the wire are ASCII."),
        new("authority/port-too-big", "3986 3.2.3", Authority("a.test:65536"), Answered(400),
            "There is no such port."),
        new("authority/port-letters", "3986 3.2.3", Authority("a.test:http"), Answered(400),
            "A port has digits only."),
        new("authority/port", "9110 7.2", Authority("a.test:8080"), Forwarded(SeenGet(host: "a.test:8080")),
            "The port is no part of the name that is routed by; the backend gets what the client said."),
        new("authority/upper-case", "9110 4.2.3", Authority("A.TEST"), Forwarded(SeenGet()),
            "Host names are case-insensitive."),
        new("authority/unrouted", "9110 15.5.5", Authority("c.test"), Answered(404),
            "A good request for a host that no route serves."),
        new("authority/ipv6", "3986 3.2.2", Authority("[::1]:80"), Answered(404),
            "Valid; no route here has that name."),
    ];
}
