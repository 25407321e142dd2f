using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Http2.Downstream;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Exchanges;

/// <summary>Responses whose body is slowed down: whole, in order, and not faster than they may be.</summary>
public sealed class ThrottlingTests
{
    private const int KbitsPerSecond = 320; // 40,000 octets, in pieces of 2,000.

    private static readonly string Body = string.Concat(Enumerable.Range(0, 1200).Select(i => $"{i:D9}\n"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_ComesWhole_AndNotAtOnce(bool chunked)
    {
        await using var backend = ScriptedBackend.Answering(chunked
            ? $"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{Body.Length:x}\r\n{Body}\r\n0\r\nX-End: 1\r\n\r\n"
            : $"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
        await using var proxy = await StartAsync(backend);
        await using var client = await proxy.ConnectAsync();

        var started = Environment.TickCount64;
        var response = await client.ExchangeAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");

        // It can only be late, never early: 12,000 octets and no more than one piece in advance.
        Assert.InRange(Environment.TickCount64 - started, 225, long.MaxValue);
        Assert.Equal(Body, response.Body);
        if (chunked)
            Assert.Equal("1", Assert.Single(response.Trailers).Value);
        Assert.Equal(200, (await client.ExchangeAsync("HEAD / HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
    }

    [Fact]
    public async Task OverHttp2_TheSame()
    {
        await using var backend = ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
        await using var proxy = await StartAsync(backend);
        await using var client = await FrameClient.ConnectAsync(proxy.EndPoint);

        var response = await client.GetAsync(1, "/");

        Assert.Equal(Body, response.Body);
        Assert.InRange(response.Frames, 5, int.MaxValue);
    }

    [Fact]
    public async Task ClientThatGoes_InTheMiddle_IsForgotten()
    {
        await using var backend = ScriptedBackend.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
        await using var proxy = await StartAsync(backend, kbits: 1);
        for (var i = 0; i < 3; i++)
        {
            await using var client = await proxy.ConnectAsync();
            await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
            Assert.Equal(200, (await client.Reader.ReadHeadAsync())!.Status);
            client.Reset();
            await proxy.Server.ExpectAsync("sluice_http_requests_active{gateway=\"test/gateway\",listener=\"http\"}", 0);
        }

        await Eventually.Holds(() => proxy.Server.UpstreamCountsAsync().Result.Active == 0, "no request in flight");
    }

    [Fact]
    public async Task BackendThatBreaksOff_CutsTheResponse()
    {
        await using var backend = ScriptedBackend.Start(async connection =>
        {
            await connection.ExpectRequestAsync();
            await connection.SendAsync($"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length + 1}\r\n\r\n{Body}");
        });
        await using var proxy = await StartAsync(backend);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
        await client.Reader.ReadHeadAsync();

        Assert.InRange((await client.Reader.ReadToEndAsync()).Length, 0, Body.Length);
        await proxy.Server.ExpectAsync("sluice_http_request_ends_total{gateway=\"test/gateway\",listener=\"http\",reason=\"truncated\"}", 1);
    }

    private static Task<TestProxy> StartAsync(ScriptedBackend backend, int kbits = KbitsPerSecond) =>
        PolicyRoutes.To(backend, new RequestPolicies { FaultInjection = new FaultInjectionPolicy { ResponseRateLimit = new FaultRateLimit(kbits) } }).StartAsync();
}
