using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Downstream;

/// <summary>CORS and sessions: fields that only one request makes, on streams of one connection.</summary>
public sealed class ExchangeEditsTests
{
    private static readonly CorsPolicy Cors = new()
    {
        AllowOrigins = ["https://*.example"],
        AllowMethods = ["*"],
        AllowHeaders = ["*"],
        AllowCredentials = true,
    };

    [Fact]
    public async Task Preflight_IsAnsweredAsOverHttp11()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint).With(rule => rule with { Cors = Cors }));
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendHeadersAsync(
            1, true, ":method: OPTIONS", ":scheme: http", ":authority: a.test", ":path: /",
            "origin: https://a.example", "access-control-request-method: PUT", "access-control-request-headers: x-a, x-b");
        var response = await client.ReadResponseAsync(1);

        Assert.Equal("204", response.Status);
        Assert.Equal("https://a.example", response["access-control-allow-origin"]);
        Assert.Equal("PUT", response["access-control-allow-methods"]);
        Assert.Equal("x-a, x-b", response["access-control-allow-headers"]);
        Assert.Equal("true", response["access-control-allow-credentials"]);
        Assert.Equal("Origin", response["vary"]);
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task Requests_OnInterleavedStreams_EachGetTheirOwnFields()
    {
        await using var backend = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\n\r\nok");
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint).With(rule => rule with { Cors = Cors }));
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);
        string[] origins = ["https://one.example", "https://evil.test", "https://three.three.example", "https://four.example"];

        for (var i = 0; i < origins.Length; i++)
            await client.SendGetAsync(1 + (2 * i), "/", $"origin: {origins[i]}");

        for (var i = 0; i < origins.Length; i++)
        {
            var response = await client.ReadResponseAsync(1 + (2 * i));
            Assert.Equal(i == 1 ? null : origins[i], response["access-control-allow-origin"]);
        }
    }

    [Fact]
    public async Task Session_CookieAmongSplitCookies_KeepsTheEndpoint()
    {
        await using var one = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none");
        await using var two = ScriptedBackend.Answering("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntwo");
        var session = new SessionPersistence { Type = SessionPersistenceType.Cookie, SessionName = "stick" };
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(one.Endpoint, two.Endpoint).With(rule => rule with { SessionPersistence = session }));
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        var first = await client.GetAsync(1, "/");
        var cookie = first["set-cookie"]!.Split(';')[0];
        for (var stream = 3; stream < 15; stream += 2)
        {
            var next = await client.GetAsync(stream, "/", "cookie: a=b", $"cookie: {cookie}", "cookie: c=d");
            Assert.Equal(first.Body, next.Body);
            Assert.Null(next["set-cookie"]);
        }
    }
}
