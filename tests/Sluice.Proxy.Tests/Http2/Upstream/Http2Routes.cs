using Sluice.Configuration;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Upstream;

/// <summary>Proxies whose backends speak HTTP/2.</summary>
internal static class Http2Routes
{
    public static TestRoutes All(params Endpoint[] endpoints) =>
        new TestRoutes { Protocol = UpstreamProtocol.Http2 }.Forward("*", "/", endpoints);

    public static Task<TestProxy> StartAsync(params Http2Backend[] backends) => StartAsync(new ProxyLimits(), backends);

    public static Task<TestProxy> StartAsync(ProxyLimits limits, params Http2Backend[] backends) =>
        TestProxy.StartAsync(limits, All([.. backends.Select(backend => backend.Endpoint)]));
}
