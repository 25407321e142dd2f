using Sluice.Configuration.Listeners;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Listeners;

/// <summary>What backends hear of a client behind proxies that are known by their addresses. The peer is 127.0.0.1.</summary>
public sealed class ForwardedForTests
{
    [Theory]
    [InlineData("127.0.0.0/8", false, "9.9.9.9, 127.0.0.3", "9.9.9.9, 127.0.0.3, 127.0.0.1")]
    [InlineData("127.0.0.0/8", true, "9.9.9.9, 127.0.0.3", "9.9.9.9, 127.0.0.3")]
    [InlineData("10.0.0.0/8", false, "9.9.9.9", "127.0.0.1")]
    [InlineData("10.0.0.0/8", true, "9.9.9.9", "9.9.9.9")]
    public async Task List_IsContinuedForTheTrusted(string trusted, bool skips, string given, string expected)
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = new TestRoutes { Http = new HttpSettings { TrustedCidrs = [trusted], SkipXffAppend = skips } }.Forward("*", "/", backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test\r\nX-Forwarded-For: {given}\r\nX-Forwarded-Proto: https\r\n\r\n");

        var request = backend.Requests.Single();
        Assert.Equal(expected, request["X-Forwarded-For"]);
        Assert.Equal(trusted[0] == '1' && trusted[1] == '2' ? "https" : "http", request["X-Forwarded-Proto"]);
    }

    [Fact]
    public async Task Skipped_IsNotMade()
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = new TestRoutes { Http = new HttpSettings { SkipXffAppend = true } }.Forward("*", "/", backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);

        await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        Assert.Null(backend.Requests.Single()["X-Forwarded-For"]);
    }
}
