using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Upstreams;

/// <summary>Kept connections that the backend closes just when they are used again (RFC 9112 9.3.1, RFC 9110 9.2.2).</summary>
public sealed class StaleConnectionTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    /// <summary>Serves one request per connection, and resets it when it sees the second.</summary>
    private static ScriptedBackend Forgetful() => ScriptedBackend.Start(async connection =>
    {
        await connection.ExpectRequestAsync();
        await connection.SendAsync(ScriptedBackend.Ok);
        await connection.Reader.ReadSomeAsync();
        connection.Reset();
    });

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("OPTIONS")]
    public async Task IdempotentRequest_IsSentAgain(string method)
    {
        await using var backend = Forgetful();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);

        Assert.Equal(200, (await proxy.ExchangeAsync(Get.Replace("GET", method, StringComparison.Ordinal))).Status);

        await Eventually.Is(1, () => proxy.Server.Metric("sluice_upstream_replays_total"), "the count");
        Assert.Equal(2, backend.Connections);
    }

    [Theory]
    [InlineData("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("PATCH / HTTP/1.1\r\nHost: a.test\r\n\r\n")]
    [InlineData("PUT / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2\r\n\r\nok")]
    public async Task OtherRequest_IsNotSentTwice(string request)
    {
        await using var backend = Forgetful();
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);

        Assert.Equal(502, (await proxy.ExchangeAsync(request)).Status);

        Assert.Equal(0, proxy.Server.Metric("sluice_upstream_replays_total"));
        Assert.Equal(1, backend.Connections);
    }

    [Fact]
    public async Task Upgrade_IsSentAgain()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            if (connection.Index == 0)
            {
                await connection.SendAsync(ScriptedBackend.Ok);
                await connection.Reader.ReadSomeAsync();
                connection.Reset();
                return;
            }

            await connection.SendAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            await connection.SendAsync(await connection.Reader.ReadSomeAsync());
        });
        await using var proxy = await TestProxy.StartAsync(backend.Endpoint);
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);

        await using var client = await proxy.ConnectAsync();
        Assert.Equal(101, (await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")).Status);
        await client.SendAsync("echo");
        Assert.Equal("echo", await client.Reader.ReadToEndAsync());
    }
}
