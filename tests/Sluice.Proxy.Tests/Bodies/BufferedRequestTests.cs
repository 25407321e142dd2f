using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Bodies;

/// <summary>Requests that are taken in whole before they are forwarded (TrafficPolicy.spec.buffer).</summary>
public sealed class BufferedRequestTests
{
    private static readonly RequestPolicies Policies = new() { Buffer = new BufferPolicy(100_000) };

    [Fact]
    public async Task Backend_HearsOfIt_OnlyWhenItIsWhole()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync("POST /slow HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        Assert.Equal(200, (await proxy.ExchangeAsync("GET /quick HTTP/1.1\r\nHost: a.test\r\n\r\n")).Status);
        Assert.Equal(1, backend.Connections);
        await client.SendAsync("3\r\ndef\r\n0\r\n\r\n");

        Assert.Equal(200, (await client.ReadResponseAsync("POST")).Status);
        Assert.Equal(["/quick", "/slow"], backend.Requests.Select(request => request.Target));
        Assert.Equal(("abcdef", "6"), (backend.Requests.Last().Body, backend.Requests.Last()["Content-Length"]));
    }

    [Theory]
    [InlineData(100_000, 200)]
    [InlineData(100_001, 413)]
    public async Task Limit_IsExact(int length, int status)
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies);

        var body = new string('x', length);
        Assert.Equal(status, (await proxy.ExchangeAsync(BodyRoutes.Post(body))).Status);
        Assert.Equal(status, (await proxy.ExchangeAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n{length:x}\r\n{body}\r\n0\r\n\r\n")).Status);
        Assert.Equal(status == 200 ? 2 : 0, backend.Requests.Count);
    }

    [Fact]
    public async Task ManyAtATime_StayWithinTheMemoryOfTheWorker()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies, new ProxyLimits { HeldBodyBytes = 150_000 });
        await using var first = await proxy.ConnectAsync();
        await using var second = await proxy.ConnectAsync();

        await first.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 90000\r\n\r\n{new string('x', 89_000)}");
        await second.SendAsync($"POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 90000\r\n\r\n{new string('x', 89_000)}");

        // Whichever of the two was too much; the other one is served.
        var refused = await Task.WhenAny(first.ReadResponseAsync("POST"), second.ReadResponseAsync("POST")).Within("one of them to be refused");
        Assert.Equal(503, (await refused).Status);
        Assert.Equal(200, (await proxy.ExchangeAsync(BodyRoutes.Post("small"))).Status);
    }

    [Fact]
    public async Task Expectation_AndPipelining_GoOn()
    {
        await using var backend = ScriptedBackend.Answering(request => BodyRoutes.Ok(request.Body));
        await using var proxy = await BodyRoutes.StartAsync(backend.Endpoint, Policies);
        await using var client = await proxy.ConnectAsync();

        await client.SendAsync(BodyRoutes.Post("one") + "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n" + BodyRoutes.Post("two"));

        Assert.Equal("one", (await client.ReadResponseAsync("POST")).Body);
        Assert.Equal("", (await client.ReadResponseAsync()).Body);
        Assert.Equal("two", (await client.ReadResponseAsync("POST")).Body);
    }
}
