using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Telemetry;

/// <summary>What the proxy counts about itself.</summary>
public sealed class CounterTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Fact]
    public async Task Requests_AreCountedByClass_AndLiveThroughChanges()
    {
        await using var backend = ScriptedBackend.Answering(request => request.Target == "/missing" ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n" : ScriptedBackend.Ok);
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits(), TestRoutes.All(backend.Endpoint), workers: 2);
        for (var i = 0; i < 5; i++)
            await proxy.ExchangeAsync(Get);
        await proxy.ExchangeAsync(Get.Replace("/ ", "/missing ", StringComparison.Ordinal));

        await proxy.ApplyAsync(new TestRoutes());
        Assert.Equal(404, (await proxy.ExchangeAsync(Get)).Status);
        await proxy.ApplyAsync(TestRoutes.All(backend.Endpoint));
        await proxy.ExchangeAsync(Get);

        await Eventually.Is(6, () => proxy.Server.Metric("sluice_http_requests_total{gateway=\"test/gateway\",listener=\"http\",code_class=\"2xx\"}"), "the count");
        await Eventually.Is(2, () => proxy.Server.Metric("sluice_http_requests_total{gateway=\"test/gateway\",listener=\"http\",code_class=\"4xx\"}"), "the count");
        await Eventually.Is(8, () => proxy.Server.Metric("sluice_http_request_duration_seconds_count{gateway=\"test/gateway\",listener=\"http\"}"), "the count");
        await Eventually.Is(8, () => proxy.Server.Metric("sluice_http_request_duration_seconds_bucket{gateway=\"test/gateway\",listener=\"http\",le=\"+Inf\"}"), "the count");
    }

    [Fact]
    public async Task Connections_AreCounted_TheOneTooManyToo()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new ProxyLimits { Connections = 2 }, TestRoutes.All(backend.Endpoint), workers: 2);
        await using (var first = await proxy.ConnectAsync())
        {
            await using var second = await proxy.ConnectAsync();
            Assert.Equal(200, (await first.ExchangeAsync(Get)).Status);
            Assert.Equal(200, (await second.ExchangeAsync(Get)).Status);
            await using var third = await proxy.ConnectAsync();
            Assert.Equal("", await third.Reader.ReadToEndAsync());

            Assert.Equal(2, proxy.Server.ActiveConnections());
            await Eventually.Is(2, () => proxy.Server.Metric("sluice_downstream_connections_total"), "the count");
            await Eventually.Is(1, () => proxy.Server.Metric("sluice_downstream_connections_over_limit_total"), "the count");
        }

        await Eventually.Is(0, proxy.Server.ActiveConnections, "client connections");
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
    }
}
