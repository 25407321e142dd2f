using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http1.Behaviour;

/// <summary>Slow and half-sent messages on either side: every wait ends (RFC 9110 15.5.9 and 15.6.5).</summary>
public sealed class TimeoutTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    /// <summary>For limits that also run while the test gets round to sending its first byte.</summary>
    private static readonly TimeSpan Head = TimeSpan.FromSeconds(1);

    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Theory]
    [InlineData("G")]
    [InlineData("GET / HTTP/1.1\r\nHost: a.te")]
    [InlineData("GET / HTTP/1.1\r\nHost: a.test\r\n\r")]
    [InlineData("\r\n")]
    public async Task HalfAHead_Is408(string half)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { HeadTimeout = Head }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(half);

        Assert.Equal(408, (await client.ReadResponseAsync()).Status);
        await client.ExpectCloseAsync();
    }

    [Fact]
    public async Task HalfASecondHead_Is408()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { HeadTimeout = Head }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get + "GET / HT");

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        Assert.Equal(408, (await client.ReadResponseAsync()).Status);
        await client.ExpectCloseAsync();
    }

    [Fact]
    public async Task HeadInDribbles_DoesNotOutliveTheTimeout()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { HeadTimeout = Head }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        // Every octet is progress, and none of them counts: the deadline is the head's, not the octet's.
        var response = client.ReadResponseAsync();
        for (var i = 0; !response.IsCompleted; i++)
        {
            await client.SendAsync(i == 0 ? "GET / HTTP/1.1\r\n" : i % 8 == 1 ? "X" : i % 8 == 7 ? ":1\r\n" : "a");
            await Task.WhenAny(response, Task.Delay(5, TestContext.Current.CancellationToken));
        }

        Assert.Equal(408, (await response).Status);
    }

    [Fact]
    public async Task ConnectionWithoutAByte_IsClosedWithoutAWord()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { HeadTimeout = Head }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.ExpectCloseAsync();
    }

    [Theory]
    [InlineData("Content-Length: 100", "abc")]
    [InlineData("Transfer-Encoding: chunked", "3\r\nabc\r\n")]
    [InlineData("Transfer-Encoding: chunked", "3\r\nabc\r\n0\r\nX-Sum: 1\r\n")]
    [InlineData("Transfer-Encoding: chunked", "ff")]
    public async Task HalfABody_Is408AndTheBackendIsFreed(string framing, string half)
    {
        var freed = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectHeadAsync();
            await connection.ReadToEndAsync();
            freed.SetResult();
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { BodyGrace = Short }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\n{framing}\r\n\r\n{half}");

        Assert.Equal(408, (await client.ReadResponseAsync()).Status);
        await client.ExpectCloseAsync();
        await freed.Task.Within("the upstream connection to be closed");
        Assert.Empty(backend.Requests);
    }

    [Fact]
    public async Task BodyBelowTheLowestRate_Is408()
    {
        await using var backend = ScriptedBackend.Answering();
        var limits = new ProxyLimits { BodyGrace = Short, MinBodyBytesPerSecond = 1_000_000 };
        await using var proxy = await TestProxy.StartAsync(limits, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();
        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 10000\r\n\r\n");

        var response = client.ReadResponseAsync();
        while (!response.IsCompleted)
        {
            await client.SendAsync("x");
            await Task.WhenAny(response, Task.Delay(5, TestContext.Current.CancellationToken));
        }

        Assert.Equal(408, (await response).Status);
    }

    [Fact]
    public async Task BackendThatIsSilent_Is504()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { ResponseTimeout = Short }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        Assert.Equal(504, (await client.ExchangeAsync(Get)).Status);
        Assert.Equal(504, (await client.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 2\r\n\r\nok")).Status);
    }

    [Fact]
    public async Task BackendWithHalfAHead_Is504()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nX-A:");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { ResponseTimeout = Short }, backend.Endpoint);

        Assert.Equal(504, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task BackendThatStopsInABody_IsCut()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
            await connection.ReadToEndAsync();
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { UpstreamBodyTimeout = Short }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(Get);
        await client.Reader.ReadHeadAsync();

        Assert.Equal("abc", await client.Reader.ReadToEndAsync());
    }

    [Fact]
    public async Task ClientThatDoesNotRead_IsCutAndTheBackendFreed()
    {
        var freed = new TaskCompletionSource();
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            try
            {
                await connection.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
                await connection.SendAsync(new byte[100_000_000]);
            }
            finally
            {
                freed.SetResult();
            }
        });
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { BodyTimeout = Short }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync(receiveBuffer: 8 * 1024);

        await client.SendAsync(Get);

        await freed.Task.Within("the upstream connection to be closed");
    }

    [Fact]
    public async Task ClientThatKeepsSendingAfterARefusal_IsCutInTheEnd()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { LingerTimeout = Short }, backend.Endpoint);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("BAD\r\n\r\n");
        Assert.Equal(400, (await client.ReadResponseAsync()).Status);

        while (!client.SendFailed)
            await client.SendAsync("more");
    }
}
