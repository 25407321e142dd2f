using Sluice.Cli.Tests.Support;

namespace Sluice.Cli.Tests.Examples;

/// <summary>examples/flex: a Gateway on port 80 without a GatewayClass, served on another port.</summary>
public sealed class FlexTests
{
    [Fact]
    public async Task Run_WithPortOffset_ServesTheRouteOnTheGateway()
    {
        await using var prometheus = await EchoBackend.StartAsync("prometheus");
        using var folder = ManifestFolder.OfExample("flex", ("127.0.0.1:9090", $"127.0.0.1:{prometheus.Port}"));
        var port = FreePort.Next();

        await using var sluice = await RunningSluice.StartAsync(folder.Path, "--port-offset", $"{port - 80}");

        Assert.Equal("prometheus", (await sluice.GetAsync(port, "prometheus.sjc.ohthree.com", "/graph")).Pod);
        Assert.Equal(404, (await sluice.GetAsync(port, "grafana.sjc.ohthree.com", "/")).Status);
        Assert.NotNull(await sluice.Process.WaitForErrorLineAsync("GatewayClass nginx: is not among the manifests"));
    }
}
