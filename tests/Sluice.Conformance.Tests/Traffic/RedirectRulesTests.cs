using Sluice.Conformance.Data;
using Sluice.Conformance.Tests.Support;
using Sluice.Conformance.Traffic;

namespace Sluice.Conformance.Tests.Traffic;

public sealed class RedirectRulesTests
{
    [Theory]
    [InlineData("http://example.org/old", "http", "example.org", "default", "")]
    [InlineData("http://example.org:80/old", "http", "example.org", "default", "/old")]
    [InlineData("https://example.org:443/new", "https", "example.org", "default", "/new")]
    [InlineData("https://example.org/new", "https", "any", "443", "/new")]
    [InlineData("http://example.org:8083/old", "http", "any", "8083", "")]
    [InlineData("/new", "http", "any", "default", "/new")]
    public void Compare_AsExpected_FindsNothing(string location, string scheme, string host, string port, string path) =>
        Assert.Null(Compare(location, scheme, host, port, path));

    [Theory]
    [InlineData(null, "http", "any", "default", "")]
    [InlineData("https://example.org/old", "http", "any", "default", "")]
    [InlineData("http://example.com/old", "http", "example.org", "default", "")]
    [InlineData("http://example.org:8080/old", "http", "any", "default", "")]
    [InlineData("http://example.org/old", "http", "any", "8080", "")]
    [InlineData("https://example.org:80/old", "https", "any", "default", "")]
    [InlineData("http://example.org/new", "http", "any", "default", "")]
    [InlineData("http://example.org/old/", "http", "any", "default", "/old")]
    public void Compare_OtherParts_Differ(string? location, string scheme, string host, string port, string path) =>
        Assert.NotNull(Compare(location, scheme, host, port, path));

    private static string? Compare(string? location, string scheme, string host, string port, string path) => RedirectRules.Compare(
        location,
        Make.Request(path: "/old", authority: "127.0.0.1"),
        new RedirectData { Scheme = scheme, Host = host, Port = port, Path = path });
}
