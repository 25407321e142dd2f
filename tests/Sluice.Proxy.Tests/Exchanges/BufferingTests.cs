using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Http2.Downstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Exchanges;

/// <summary>Requests that are taken in whole before a backend hears of them.</summary>
public sealed class BufferingTests
{
    [Fact]
    public async Task Request_ReachesTheBackend_WhenItIsComplete()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, 100_000);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 70000\r\n\r\n" + new string('a', 40_000));
        await proxy.Server.ExpectAsync("sluice_http_bytes_total{gateway=\"test/gateway\",listener=\"http\",direction=\"received\"}", 40_000);
        Assert.Equal(0, backend.Connections);
        await client.SendAsync(new string('b', 30_000));

        Assert.Equal(200, (await client.ReadResponseAsync()).Status);
        var request = await backend.NextRequestAsync();
        Assert.Equal(new string('a', 40_000) + new string('b', 30_000), request.Body);

        // The connection goes on, and the next request begins with nothing.
        Assert.Equal(200, (await client.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1\r\n\r\nc")).Status);
        Assert.Equal("c", (await backend.NextRequestAsync()).Body);
    }

    [Fact]
    public async Task Chunks_HaveALengthWhenAllIsKnown_TrailersStayBehindChunks()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, 100);

        await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
        var plain = await backend.NextRequestAsync();
        await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-End: 1\r\n\r\n");
        var trailed = await backend.NextRequestAsync();
        await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        var empty = await backend.NextRequestAsync();

        Assert.Equal(("abcde", "5", false), (plain.Body, plain["Content-Length"], plain.IsChunked));
        Assert.Equal(("abc", true), (trailed.Body, trailed.IsChunked));
        Assert.Equal("1", Assert.Single(trailed.Trailers).Value);
        Assert.Equal(("", "0"), (empty.Body, empty["Content-Length"]));
    }

    [Theory]
    [InlineData("Content-Length: 11\r\n\r\n12345678901")]
    [InlineData("Content-Length: 11\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n6\r\n123456\r\n5\r\n12345\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nb\r\n12345678901\r\n")]
    public async Task TooLarge_Is413_AndNobodyHearsOfIt(string rest)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, 10);

        var response = await proxy.ExchangeAsync($"POST / HTTP/1.1\r\nHost: a.test\r\n{rest}");

        Assert.Equal((413, "Payload Too Large"), (response.Status, response.Body));
        Assert.Equal(0, backend.Connections);
        await proxy.Server.ExpectAsync("sluice_http_filter_denied_total{filter=\"buffer\",reason=\"request_payload_too_large\"}", 1);
        await proxy.Server.ExpectAsync("sluice_http_requests_active{gateway=\"test/gateway\",listener=\"http\"}", 0);
    }

    [Fact]
    public async Task OverHttp2_BothWays()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, 10);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        await client.SendPostAsync(1, "/");
        await client.SendDataAsync(1, "12345", end: false);
        await client.SettleAsync();
        Assert.Equal(0, backend.Connections);
        await client.SendDataAsync(1, "67890", end: true);
        Assert.Equal("200", (await client.ReadResponseAsync(1)).Status);
        Assert.Equal("1234567890", (await backend.NextRequestAsync()).Body);

        await client.SendPostAsync(3, "/");
        await client.SendDataAsync(3, "12345678901", end: false);
        Assert.Equal("413", (await client.ReadResponseAsync(3)).Status);
        Assert.Equal("200", (await client.GetAsync(5, "/")).Status);
    }

    [Fact]
    public async Task Grpc_IsToldAsAStatus()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, 4);

        var response = await proxy.ExchangeAsync("POST /a.B/C HTTP/1.1\r\nHost: a.test\r\nContent-Type: application/grpc\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");

        Assert.Equal((200, "8"), (response.Status, response["grpc-status"]));
    }

    [Fact]
    public async Task ClientThatWantsToBeAskedForTheBody_IsAsked()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, 10);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        var interim = await client.Reader.ReadHeadAsync();
        await client.SendAsync("hello");
        var response = await client.ReadResponseAsync();

        Assert.Equal(("HTTP/1.1 100 Continue", 200), (interim!.StartLine, response.Status));
        Assert.Null((await backend.NextRequestAsync())["Expect"]);
    }

    [Fact]
    public async Task ClientThatGoes_BeforeItsRequestIsComplete_IsForgotten()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await StartAsync(backend, 1000);
        await using (var client = await proxy.ConnectAsync())
        {
            await client.SendAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 500\r\n\r\nhalf");
            await proxy.Server.ExpectAsync("sluice_http_requests_active{gateway=\"test/gateway\",listener=\"http\"}", 1);
        }

        await proxy.Server.ExpectAsync("sluice_http_requests_active{gateway=\"test/gateway\",listener=\"http\"}", 0);
        Assert.Equal(0, backend.Connections);
    }

    [Fact]
    public async Task TimeOfTheRequest_RunsWhileItComes()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { Buffer = new BufferPolicy(1000) })
            .With(rule => rule with { Timeouts = new RouteTimeouts { Request = TimeSpan.FromMilliseconds(20) } }).StartAsync();

        Assert.Equal(504, (await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 500\r\n\r\nhalf")).Status);
        Assert.Equal(0, backend.Connections);
    }

    [Fact]
    public async Task Retry_SendsTheWholeRequestAgain()
    {
        var attempts = 0;
        await using var backend = ScriptedBackend.Answering(_ => Interlocked.Increment(ref attempts) == 1 ? "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n" : ScriptedBackend.Ok);
        await using var proxy = await PolicyRoutes.To(backend, new RequestPolicies { Buffer = new BufferPolicy(1000) })
            .With(rule => rule with { Retry = new RetryPolicy { StatusCodes = [503], Backoff = TimeSpan.Zero } }).StartAsync();

        Assert.Equal(200, (await proxy.ExchangeAsync("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 5\r\n\r\nhello")).Status);
        Assert.Equal(["hello", "hello"], backend.Requests.Select(request => request.Body));
    }

    private static Task<TestProxy> StartAsync(ScriptedBackend backend, long limit) =>
        PolicyRoutes.To(backend, new RequestPolicies { Buffer = new BufferPolicy(limit) }).StartAsync();
}
