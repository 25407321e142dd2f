using Sluice.Proxy.Explain;

namespace Sluice.Proxy.Tests.Explain;

public sealed class ExplainRequestTests
{
    [Theory]
    [InlineData("http://example.com", "http", "example.com", null, "/", "")]
    [InlineData("HTTPS://Example.com:8443/a/b?c=d#e", "https", "Example.com", 8443, "/a/b", "?c=d")]
    [InlineData("example.com/a", "http", "example.com", null, "/a", "")]
    [InlineData("http://example.com?x", "http", "example.com", null, "/", "?x")]
    [InlineData("http://[::1]:80/", "http", "[::1]", 80, "/", "")]
    [InlineData("[::1]", "http", "[::1]", null, "/", "")]
    [InlineData("tls://db.example.com:8443", "tls", "db.example.com", 8443, "/", "")]
    [InlineData("tcp://127.0.0.1:5432/", "tcp", "127.0.0.1", 5432, "/", "")]
    [InlineData("udp://[::1]:53", "udp", "[::1]", 53, "/", "")]
    [InlineData("localhost:8080/a//b?", "http", "localhost", 8080, "/a//b", "?")]
    public void FromUrl_Url_IsTakenApart(string url, string scheme, string host, int? port, string path, string query)
    {
        ExplainRequest? request = ExplainRequest.FromUrl(url, out string? error);

        Assert.Null(error);
        Assert.Equal(new ExplainRequest { Scheme = scheme, Host = host, Port = port, Path = path, Query = query }, request);
    }

    [Theory]
    [InlineData("ftp://example.com", "\"ftp://example.com\": the scheme must be http, https, tls, tcp or udp")]
    [InlineData("tcp://example.com", "\"tcp://example.com\": a port is missing, as in tcp://example.com:9000")]
    [InlineData("udp://example.com:53/a", "\"udp://example.com:53/a\": a connection has no path; leave \"/a\" out")]
    [InlineData("http://a:b@example.com", "\"http://a:b@example.com\": user information in a URL is not supported")]
    [InlineData("http://example.com:0/", "\"http://example.com:0/\": the port must be a number from 1 to 65535")]
    [InlineData("http://example.com:x/", "\"http://example.com:x/\": the port must be a number from 1 to 65535")]
    [InlineData("/path", "\"/path\": a host is missing, as in http://example.com/path")]
    [InlineData("http://:80/", "\"http://:80/\": a host is missing, as in http://example.com/path")]
    [InlineData("", "\"\": a host is missing, as in http://example.com/path")]
    public void FromUrl_NoUrl_SaysWhatIsWrong(string url, string expected)
    {
        Assert.Null(ExplainRequest.FromUrl(url, out string? error));
        Assert.Equal(expected, error);
    }
}
