using Sluice.Configuration.Policies;
using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Filters.ExternalAuth;

/// <summary>A proxy whose only rule has policies, and the backend behind it.</summary>
internal sealed class PolicyBed : IAsyncDisposable
{
    private PolicyBed(TestProxy proxy, ScriptedBackend backend)
    {
        Proxy = proxy;
        Backend = backend;
    }

    public TestProxy Proxy { get; }

    public ScriptedBackend Backend { get; }

    public static async Task<PolicyBed> StartAsync(Func<TestRoutes, RequestPolicies> policies, ProxyLimits? limits = null)
    {
        ScriptedBackend backend = ScriptedBackend.Answering();
        TestRoutes routes = TestRoutes.All(backend.Endpoint);
        RequestPolicies made = policies(routes);
        routes.With(rule => rule with { Policies = made });
        return new PolicyBed(await TestProxy.StartAsync(limits ?? new ProxyLimits(), routes), backend);
    }

    /// <summary>A GET of "/" unless told otherwise, with more header lines.</summary>
    public Task<WireMessage> GetAsync(string path = "/", params string[] lines) =>
        Proxy.ExchangeAsync($"GET {path} HTTP/1.1\r\nHost: a.test\r\n{string.Concat(lines.Select(line => line + "\r\n"))}\r\n");

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Backend.DisposeAsync();
    }
}
