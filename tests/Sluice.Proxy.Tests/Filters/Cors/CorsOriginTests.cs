using System.Text;
using Sluice.Proxy.Filters;

namespace Sluice.Proxy.Tests.Filters.Cors;

public sealed class CorsOriginTests
{
    [Theory]
    [InlineData("https://www.foo.com", "https://www.foo.com", true)]
    [InlineData("https://www.foo.com", "HTTPS://WWW.Foo.com", true)]
    [InlineData("https://www.foo.com", "https://www.foo.com:443", true)]
    [InlineData("https://www.foo.com:443", "https://www.foo.com", true)]
    [InlineData("http://www.foo.com:80", "http://www.foo.com", true)]
    [InlineData("https://www.foo.com", "http://www.foo.com", false)]
    [InlineData("https://www.foo.com", "https://www.foo.com:8443", false)]
    [InlineData("https://www.foo.com:8443", "https://www.foo.com:8443", true)]
    [InlineData("https://www.foo.com:8443", "https://www.foo.com", false)]
    [InlineData("https://www.foo.com", "https://foo.com", false)]
    [InlineData("https://www.foo.com", "https://www.foo.com.evil.com", false)]
    [InlineData("https://*.bar.com", "https://www.bar.com", true)]
    [InlineData("https://*.bar.com", "https://a.b.bar.com", true)]
    [InlineData("https://*.bar.com", "https://bar.com", false)]
    [InlineData("https://*.bar.com", "https://.bar.com", false)]
    [InlineData("https://*.bar.com", "https://evilbar.com", false)]
    [InlineData("https://*.bar.com", "https://evil.com/.bar.com", false)]
    [InlineData("https://*.bar.com", "https://evil.com?.bar.com", false)]
    [InlineData("https://*.bar.com", "https://user@www.bar.com", false)]
    [InlineData("https://*.bar.com", "https://www.bar.com:8443", false)]
    [InlineData("https://*", "https://anything.example", true)]
    [InlineData("https://*", "http://anything.example", false)]
    [InlineData("http://*:8080", "http://localhost:8080", true)]
    [InlineData("http://localhost:3000", "http://localhost:3000", true)]
    [InlineData("http://[::1]:3000", "http://[::1]:3000", true)]
    [InlineData("http://*", "http://[::1]:", false)]
    [InlineData("https://*", "null", false)]
    [InlineData("https://*", "chrome-extension://abc", false)]
    [InlineData("https://*", "https://", false)]
    [InlineData("https://*", "https://a:99999", false)]
    [InlineData("https://*", "https://a:0", false)]
    [InlineData("https://*", "https://a:+1", false)]
    [InlineData("https://*", "https://[::1", false)]
    [InlineData("https://*", "https://[::1]x", false)]
    public void Matches_SchemeHostAndPort(string listed, string origin, bool expected)
    {
        var pattern = CorsOrigin.Parse(listed);

        Assert.NotNull(pattern);
        Assert.Equal(expected, CorsOrigin.TrySplit(Encoding.ASCII.GetBytes(origin), out var scheme, out var host, out var port) && pattern.Matches(scheme, host, port));
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("ftp://example.com")]
    [InlineData("https://")]
    [InlineData("https://a*.example.com")]
    [InlineData("https://*example.com")]
    [InlineData("https://*.")]
    [InlineData("https://example.com/")]
    public void Parse_NoOrigin_IsNull(string text) => Assert.Null(CorsOrigin.Parse(text));
}
