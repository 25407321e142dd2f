using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Upstreams;

/// <summary>Endpoints that are DNS names (ExternalName Services).</summary>
public sealed class NamedEndpointTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    [Fact]
    public async Task Name_IsServedAsSoonAsItIsApplied()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(new Endpoint("localhost", backend.Port));

        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
    }

    [Fact]
    public async Task ClusterThatBeginsToNameAHost_IsServedAsSoonAsItIsApplied()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var other = ScriptedBackend.Answering(ScriptedBackend.Ok.Replace("ok", "no", StringComparison.Ordinal));
        await using var proxy = await TestProxy.StartAsync(other.Endpoint);
        Assert.Equal("no", (await proxy.ExchangeAsync(Get)).Body);

        await proxy.ApplyAsync(TestRoutes.All(new Endpoint("localhost", backend.Port)));
        Assert.Equal("ok", (await proxy.ExchangeAsync(Get)).Body);

        // A second cluster, when the names are already being watched.
        await proxy.ApplyAsync(TestRoutes.All(new Endpoint("localhost", backend.Port)).Forward("b.test", "/", new Endpoint("localhost", other.Port)));
        Assert.Equal("no", (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: b.test\r\n\r\n")).Body);
    }

    [Fact]
    public async Task NameThatDoesNotExist_Is503AndHarmsNobody()
    {
        await using var backend = ScriptedBackend.Answering();
        await using var proxy = await TestProxy.StartAsync(
            new ProxyLimits(),
            new TestRoutes().Forward("bad.test", "/", new Endpoint("no-such-host.invalid", 80)).Forward("long.test", "/", new Endpoint(new string('x', 300), 80)).Forward("*", "/", backend.Endpoint));

        Assert.Equal(503, (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: bad.test\r\n\r\n")).Status);
        Assert.Equal(503, (await proxy.ExchangeAsync("GET / HTTP/1.1\r\nHost: long.test\r\n\r\n")).Status);
        Assert.Equal(200, (await proxy.ExchangeAsync(Get)).Status);
    }
}
