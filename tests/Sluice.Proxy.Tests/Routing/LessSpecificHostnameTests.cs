using Sluice.Configuration;
using Sluice.Proxy.Explain;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Routing;

/// <summary>
/// HTTPRouteSpec.hostnames orders rules by how specific their hostname is; it does not exclude the less specific ones.
/// </summary>
public sealed class LessSpecificHostnameTests
{
    private static readonly TestRoutes Routes = new TestRoutes()
        .Add("a.b.example", "/exact", Answer("exact"))
        .Add("*.b.example", "/exact", Answer("never"))
        .Add("*.b.example", "/near", Answer("near"))
        .Add("*.example", "/far", Answer("far"))
        .Add("*", "/any", Answer("any"));

    [Theory]
    [InlineData("a.b.example", "/exact", "exact")]
    [InlineData("a.b.example", "/near", "near")]
    [InlineData("a.b.example", "/far", "far")]
    [InlineData("a.b.example", "/any", "any")]
    [InlineData("x.b.example", "/far", "far")]
    [InlineData("x.b.example", "/any", "any")]
    [InlineData("other", "/any", "any")]
    [InlineData("a.b.example", "/none", null)]
    [InlineData("other", "/near", null)]
    public async Task Request_IsServedByTheMostSpecificHostnameWithAMatch(string host, string path, string? expected)
    {
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), Routes);

        var response = await proxy.ExchangeAsync($"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n");
        var explanation = RouteExplainer.Explain(
            [Routes.Build(proxy.Port)], new ExplainRequest { Host = host, Port = proxy.Port, Path = path });

        Assert.Equal(expected is null ? 404 : 200, response.Status);
        if (expected is not null)
            Assert.Equal(expected, response.Body);
        Assert.Equal(expected, explanation.Action?.Body);
    }

    private static DirectResponseAction Answer(string body) => new() { StatusCode = 200, Body = body };
}
