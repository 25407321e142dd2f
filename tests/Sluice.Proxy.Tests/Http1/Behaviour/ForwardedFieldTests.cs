using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Behaviour;

/// <summary>X-Forwarded-For, -Proto, -Host, Forwarded and X-Request-Id, with and without trusted proxies in front (RFC 7239).</summary>
public sealed class ForwardedFieldTests
{
    private const string Spoofed =
        "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-For: 10.0.0.2, 10.0.0.3\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: shop.test\r\nForwarded: for=10.0.0.1\r\n";

    private static async Task<WireMessage> SendAsync(int trustedHops, string fields, RouteAction? action = null, IReadOnlyList<HeaderModifier>? edits = null)
    {
        await using var backend = ScriptedBackend.Answering();
        var routes = new TestRoutes { TrustedHops = trustedHops };
        if (edits is null)
            routes.Forward("*", "/", backend.Endpoint);
        else
            routes.Forward("*", "/", edits, backend.Endpoint);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), routes);
        await proxy.ExchangeAsync($"GET / HTTP/1.1\r\nHost: a.test:8080\r\n{fields}\r\n");
        return await backend.NextRequestAsync();
    }

    [Fact]
    public async Task WithoutAnyFields_TheyAreWritten()
    {
        var request = await SendAsync(0, "");

        Assert.Equal("127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("http", request["X-Forwarded-Proto"]);
        Assert.Equal("a.test:8080", request["X-Forwarded-Host"]);
    }

    [Fact]
    public async Task WithoutTrustedHops_TheClientsAreReplaced()
    {
        var request = await SendAsync(0, Spoofed);

        Assert.Equal("127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("http", request["X-Forwarded-Proto"]);
        Assert.Equal("a.test:8080", request["X-Forwarded-Host"]);
        Assert.DoesNotContain("10.0.0.", request["Forwarded"] ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithTrustedHops_TheyAreKeptAndExtended()
    {
        var request = await SendAsync(1, Spoofed);

        Assert.Equal("10.0.0.1, 10.0.0.2, 10.0.0.3, 127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("https", request["X-Forwarded-Proto"]);
        Assert.Equal("shop.test", request["X-Forwarded-Host"]);
        Assert.StartsWith("for=10.0.0.1", request["Forwarded"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithTrustedHopsButWithoutFields_TheyAreWritten()
    {
        var request = await SendAsync(1, "");

        Assert.Equal("127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("http", request["X-Forwarded-Proto"]);
        Assert.Equal("a.test:8080", request["X-Forwarded-Host"]);
    }

    [Fact]
    public async Task TrustedField_NamedByConnection_IsWrittenAnew()
    {
        var request = await SendAsync(1, Spoofed + "Connection: X-Forwarded-For, X-Forwarded-Proto, X-Forwarded-Host\r\n");

        Assert.Equal("127.0.0.1", request["X-Forwarded-For"]);
        Assert.Equal("http", request["X-Forwarded-Proto"]);
        Assert.Equal("a.test:8080", request["X-Forwarded-Host"]);
    }

    [Fact]
    public async Task RequestId_IsMadeWhereNoneIs()
    {
        var first = (await SendAsync(0, ""))["X-Request-Id"];
        var second = (await SendAsync(0, ""))["X-Request-Id"];

        Assert.NotNull(first);
        Assert.True(first.Length >= 16);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData("X-Request-Id:\r\n")]
    [InlineData("X-Request-Id: mine\r\nConnection: X-Request-Id\r\n")]
    public async Task RequestId_ThatSaysNothing_IsMadeAnew(string fields)
    {
        var request = await SendAsync(0, fields);

        Assert.Equal(1, request.Count("X-Request-Id"));
        Assert.NotEqual("", request["X-Request-Id"]);
        Assert.NotEqual("mine", request["X-Request-Id"]);
    }

    [Fact]
    public async Task RequestId_OfTheClient_IsKept() =>
        Assert.Equal("mine-1", (await SendAsync(0, "X-Request-Id: mine-1\r\n"))["X-Request-Id"]);

    [Fact]
    public async Task FieldsThatAFilterSets_AreTheFilters()
    {
        var edits = new HeaderModifier { Set = [new HeaderValue("X-Forwarded-Proto", "https")], Remove = ["X-Forwarded-Host"] };

        var request = await SendAsync(0, Spoofed, edits: [edits]);

        Assert.Equal("https", request["X-Forwarded-Proto"]);
        Assert.Null(request["X-Forwarded-Host"]);
        Assert.Equal("127.0.0.1", request["X-Forwarded-For"]);
    }
}
