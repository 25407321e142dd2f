using System.Net.WebSockets;
using Sluice.Cli.Tests.Support;
using static Sluice.Cli.Tests.Run.RunManifests;

namespace Sluice.Cli.Tests.Run;

public sealed class RunTests : IAsyncLifetime
{
    private readonly ManifestFolder _folder = new();
    private readonly int _port = FreePort.Next();
    private EchoBackend _one = null!;
    private EchoBackend _two = null!;

    public async ValueTask InitializeAsync()
    {
        _one = await EchoBackend.StartAsync("one");
        _two = await EchoBackend.StartAsync("two");
        _folder.Write("gateway.yaml", Gateway("web", _port));
        _folder.Write("services.yaml", Service("one", _one.Port) + Service("two", _two.Port));
        _folder.Write("route.yaml", Route("shop", "web", "shop.example", "one"));
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Run_RouteToService_ReachesTheBackend()
    {
        await using var sluice = await RunningSluice.StartAsync(_folder.Path);

        var answer = await sluice.GetAsync(_port, "shop.example", "/cart?x=1");

        Assert.Equal(200, answer.Status);
        Assert.Equal("one", answer.Pod);
        Assert.Equal("/cart?x=1", answer.Member("path"));
        Assert.Equal(404, (await sluice.GetAsync(_port, "other.example", "/")).Status);
    }

    [Fact]
    public async Task Run_ChangedFile_TakesEffect()
    {
        await using var sluice = await RunningSluice.StartAsync(_folder.Path);

        _folder.Write("route.yaml", Route("shop", "web", "shop.example", "two"));

        Assert.Equal(200, (await sluice.GetUntilAsync(answer => answer.Pod == "two", _port, "shop.example", "/")).Status);
    }

    [Fact]
    public async Task Run_FileMadeInvalid_ServesTheLastGoodVersionAndSaysWhyUntilMended()
    {
        await using var sluice = await RunningSluice.StartAsync(_folder.Path);

        _folder.Write("route.yaml", Route("shop", "web", "shop.example", "two").Replace("port: 80", "port: eighty", StringComparison.Ordinal));
        var problem = await sluice.Process.WaitForErrorLineAsync("route.yaml:7:");
        var answer = await sluice.GetAsync(_port, "shop.example", "/");
        _folder.Write("route.yaml", Route("shop", "web", "shop.example", "two"));
        var mended = await sluice.Process.WaitForErrorLineAsync("no problems any more");

        Assert.Contains("spec.rules[0].backendRefs[0].port", problem, StringComparison.Ordinal);
        Assert.Equal("one", answer.Pod);
        Assert.Contains("route.yaml", mended, StringComparison.Ordinal);
        await sluice.GetUntilAsync(later => later.Pod == "two", _port, "shop.example", "/");
    }

    [Fact]
    public async Task Run_TwoGatewaysOnOnePort_GetAddressesOfTheirOwn()
    {
        _folder.Write("second.yaml", Gateway("web-two", _port) + Route("shop-two", "web-two", "shop.example", "two"));

        await using var sluice = await RunningSluice.StartAsync(_folder.Path);

        Assert.Equal("one", (await sluice.GetAsync(_port, "shop.example", "/")).Pod);
        Assert.Equal("two", (await sluice.GetAsync(_port, "shop.example", "/", "127.0.0.2")).Pod);
    }

    [Fact]
    public async Task Run_PortOffset_ShiftsWhatIsBound()
    {
        await using var sluice = await RunningSluice.StartAsync(_folder.Path, "--port-offset", "0", "--workers", "1");
        var shifted = FreePort.Next();
        _folder.Write("gateway.yaml", Gateway("web", 1));

        await using var other = await RunningSluice.StartAsync(_folder.Path, "--port-offset", $"{shifted - 1}");

        Assert.Equal("one", (await other.GetAsync(shifted, "shop.example", "/")).Pod);
    }

    [Fact]
    public async Task Run_WebSocket_PassesWithoutAnyFilter()
    {
        await using var sluice = await RunningSluice.StartAsync(_folder.Path);
        using var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Host", "shop.example");
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{_port}/ws"), TestContext.Current.CancellationToken);

        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, TestContext.Current.CancellationToken);
        var buffer = new byte[64];
        var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);

        Assert.Equal("hello"u8, buffer.AsSpan(0, received.Count));
    }

    [Fact]
    public async Task Run_TrustedHops_KeepForwardedFields()
    {
        await using var sluice = await RunningSluice.StartAsync(_folder.Path, "--trusted-hops", "1");

        var answer = await sluice.GetAsync(_port, "shop.example", "/", headers: ("X-Forwarded-For", "192.0.2.9"));

        Assert.Contains("192.0.2.9", answer.Body, StringComparison.Ordinal);
    }
}
