using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Sluice.Configuration;
using Sluice.Proxy.Filters;
using Sluice.Proxy.Http;
using Sluice.Proxy.Tests.Routing;

namespace Sluice.Proxy.Tests.Filters;

public sealed class RedirectWriterTests
{
    [Theory]
    [InlineData(80, false, null, null, "http://example.org/x")]
    [InlineData(80, false, null, 80, "http://example.org/x")]
    [InlineData(80, false, null, 8080, "http://example.org:8080/x")]
    [InlineData(80, false, "https", null, "https://example.org/x")]
    [InlineData(80, false, "https", 443, "https://example.org/x")]
    [InlineData(80, false, "https", 8443, "https://example.org:8443/x")]
    [InlineData(8080, false, null, null, "http://example.org:8080/x")]
    [InlineData(8080, false, null, 80, "http://example.org/x")]
    [InlineData(8080, false, "https", null, "https://example.org/x")]
    [InlineData(443, true, null, null, "https://example.org/x")]
    [InlineData(443, true, null, 443, "https://example.org/x")]
    [InlineData(443, true, null, 8443, "https://example.org:8443/x")]
    [InlineData(443, true, "http", null, "http://example.org/x")]
    [InlineData(443, true, "http", 80, "http://example.org/x")]
    [InlineData(443, true, "http", 8080, "http://example.org:8080/x")]
    [InlineData(8443, true, null, null, "https://example.org:8443/x")]
    [InlineData(8080, false, "http", null, "http://example.org/x")]
    [InlineData(443, false, null, null, "http://example.org:443/x")]
    [InlineData(80, false, "https", 80, "https://example.org:80/x")]
    public void TryWrite_SchemeAndPort_FollowTheRulesOfTheFilter(int listenerPort, bool secure, string? scheme, int? port, string expected)
    {
        var action = new RedirectAction { StatusCode = 302, Hostname = "example.org", Scheme = scheme, Port = port };

        Assert.Equal(expected, Write(action, TestHead.Create("GET", "request.example:1234", "/x", ""), listenerPort, secure));
    }

    [Theory]
    [InlineData("a.example", "http://a.example/x?q=1")]
    [InlineData("A.example.:8080", "http://A.example./x?q=1")]
    [InlineData("[::1]:8080", "http://[::1]/x?q=1")]
    [InlineData("", "/x?q=1")]
    public void TryWrite_NoHostname_KeepsTheHostOfTheRequest(string authority, string expected) =>
        Assert.Equal(expected, Write(new RedirectAction { StatusCode = 301 }, TestHead.Create("GET", authority, "/x", "?q=1"), 80, false));

    [Theory]
    [InlineData("//evil.example/x", "/evil.example/x")]
    [InlineData("///", "/")]
    public void TryWrite_RelativeReference_NeverNamesAHost(string path, string expected) =>
        Assert.Equal(expected, Write(new RedirectAction { StatusCode = 301 }, TestHead.Create("GET", "", path, ""), 80, false));

    [Fact]
    public void TryWrite_DoubleSlashBehindAHost_IsKept() =>
        Assert.Equal("http://a//b", Write(new RedirectAction { StatusCode = 301 }, TestHead.Create("GET", "a", "//b", ""), 80, false));

    [Theory]
    [InlineData(PathModifierType.ReplacePrefixMatch, "/replacement-prefix", "http://a/replacement-prefix/lemon?q")]
    [InlineData(PathModifierType.ReplaceFullPath, "/full-path-replacement", "http://a/full-path-replacement?q")]
    [InlineData(PathModifierType.ReplaceFullPath, "/a\r\nSet-Cookie: b", "http://a/a%0D%0ASet-Cookie:%20b?q")]
    public void TryWrite_Path_IsRewrittenAndKeepsTheQuery(PathModifierType type, string value, string expected)
    {
        var action = new RedirectAction { StatusCode = 302, Path = new PathModifier(type, value) };

        Assert.Equal(expected, Write(action, TestHead.Create("GET", "a", "/original-prefix/lemon", "?q"), 80, false, "/original-prefix".Length));
    }

    [Fact]
    public void TryWrite_AnyDestinationSize_WritesAllOrSaysNo()
    {
        Gen<(RedirectAction Action, RequestHead Head, int Port)> cases =
            from host in Gen.Elements(null, "example.org")
            from scheme in Gen.Elements(null, "http", "https")
            from port in Gen.Elements<int?>(null, 80, 65535)
            from path in Gen.Elements(null, new PathModifier(PathModifierType.ReplaceFullPath, "/f"), new PathModifier(PathModifierType.ReplacePrefixMatch, "/p/"))
            from authority in Gen.Elements("", "a", "a:8080", "[::1]:1")
            from requestPath in Gen.Elements("/", "/foo", "//foo")
            from query in Gen.Elements("", "?a=b")
            from listenerPort in Gen.Elements(80, 443, 65535)
            select (new RedirectAction { StatusCode = 302, Hostname = host, Scheme = scheme, Port = port, Path = path }, TestHead.Create("GET", authority, requestPath, query), listenerPort);

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(cases.ToArbitrary(), sample =>
        {
            var writer = new RedirectWriter(sample.Action);
            string whole = Write(sample.Action, sample.Head, sample.Port, secure: false);
            for (int size = 0; size <= writer.MaxLength(sample.Head); size++)
            {
                bool fits = writer.TryWrite(sample.Head, 0, secure: false, sample.Port, new byte[size], out int written);
                if (fits != (size >= whole.Length) || (fits && written != whole.Length))
                    return false;
            }
            return whole.EndsWith(Encoding.ASCII.GetString(sample.Head.Query), StringComparison.Ordinal);
        }));
    }

    private static string Write(RedirectAction action, RequestHead head, int listenerPort, bool secure, int matchedLength = 0)
    {
        var writer = new RedirectWriter(action);
        byte[] result = new byte[writer.MaxLength(head)];
        Assert.True(writer.TryWrite(head, matchedLength, secure, listenerPort, result, out int written));
        return Encoding.ASCII.GetString(result, 0, written);
    }
}
