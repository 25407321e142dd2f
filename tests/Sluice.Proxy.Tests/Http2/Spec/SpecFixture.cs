using Sluice.Proxy.Tests.Support;

namespace Sluice.Proxy.Tests.Http2.Spec;

/// <summary>One proxy for all cases of the table: what a case does to its connection must not matter to the others.</summary>
public sealed class SpecFixture : IAsyncLifetime
{
    private readonly ScriptedBackend _backend = SpecBackend.Start();

    internal TestProxy Proxy { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Proxy = await TestProxy.StartAsync(_backend.Endpoint);

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await _backend.DisposeAsync();
    }
}
