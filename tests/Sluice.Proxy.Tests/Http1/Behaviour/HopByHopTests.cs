using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Behaviour;

/// <summary>Fields of one connection do not cross the proxy, in responses either (RFC 9110 7.6.1).</summary>
public sealed class HopByHopTests
{
    private static async Task<WireMessage> RespondAsync(string fields)
    {
        await using var backend = ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n{fields}\r\nok");
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        return await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
    }

    [Theory]
    [InlineData("Keep-Alive: timeout=5")]
    [InlineData("Proxy-Connection: keep-alive")]
    [InlineData("TE: trailers")]
    [InlineData("Upgrade: h2c")]
    [InlineData("Connection: keep-alive")]
    public async Task HopByHopField_OfTheBackend_IsDropped(string field)
    {
        var response = await RespondAsync($"{field}\r\nX-B: 2\r\n");

        Assert.Null(response[field[..field.IndexOf(':', StringComparison.Ordinal)]]);
        Assert.Equal("2", response["X-B"]);
    }

    [Fact]
    public async Task NominatedField_OfTheBackend_IsDropped()
    {
        var response = await RespondAsync("Connection: x-a, X-C\r\nX-A: 1\r\nX-B: 2\r\nX-C: 3\r\n");

        Assert.Null(response["X-A"]);
        Assert.Equal("2", response["X-B"]);
        Assert.Null(response["X-C"]);
    }

    [Fact]
    public async Task Framing_NominatedByTheBackend_IsStillOurs()
    {
        var response = await RespondAsync("Connection: Content-Length\r\n");

        Assert.Equal("2", response["Content-Length"]);
        Assert.Equal("ok", response.Body);
    }

    [Fact]
    public async Task EndToEndFields_PassInOrderAndUnchanged()
    {
        const string Fields = "Set-Cookie: a=1\r\nX-a: 1\r\nSET-COOKIE: b=2\r\nServer: mine\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\nX-Empty:\r\nX-Latin: caf\xe9\r\n";

        var response = await RespondAsync(Fields);

        Assert.Contains(Fields.Replace("X-Empty:\r", "X-Empty: \r", StringComparison.Ordinal), response.RawHead, StringComparison.Ordinal);
    }
}
